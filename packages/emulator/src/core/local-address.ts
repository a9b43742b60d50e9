/** Whether an address is one of a server on this machine, so that what goes there reaches nobody else. */
export function isLocalAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const local = hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
  return local && (protocol === "http:" || protocol === "https:");
}
