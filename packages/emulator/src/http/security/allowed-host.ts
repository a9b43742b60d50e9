import { isIP } from "node:net";

/**
 * Tells whether a Host header may reach this server. A page elsewhere can point a name of its own at this machine, but not
 * an address: addresses, loopback names and configured names pass.
 */
export function isAllowedHost(header: string | undefined, configured: readonly string[]): boolean {
  if (header === undefined) return false;
  const [, bracketed, plain] =
    /^(?:\[([^\]]+)\]|([^:[\]]*))(?::\d+)?$/.exec(header.trim().toLowerCase()) ?? [];
  const name = (bracketed ?? plain ?? "").replace(/\.$/, "");
  if (name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0) return true;
  return configured.some((each) => each.toLowerCase() === name);
}
