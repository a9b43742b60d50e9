import { isIP } from "node:net";

/**
 * Tells of Host headers whether they may reach this server. A page elsewhere can point a name of its own at this machine, but not an address:
 * addresses, loopback names and configured names pass. It remembers the last one that did, as most requests have the same.
 */
export function hostCheck(configured: readonly string[]): (header: string | undefined) => boolean {
  let last: string | undefined;
  return (header) => {
    if (header !== undefined && header === last) return true;
    if (!isAllowed(header, configured)) return false;
    last = header;
    return true;
  };
}

function isAllowed(header: string | undefined, configured: readonly string[]): boolean {
  if (header === undefined) return false;
  const [, bracketed, plain] =
    /^(?:\[([^\]]+)\]|([^:[\]]*))(?::\d+)?$/.exec(header.trim().toLowerCase()) ?? [];
  const name = (bracketed ?? plain ?? "").replace(/\.$/, "");
  if (name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0) return true;
  return configured.some((each) => each.toLowerCase() === name);
}
