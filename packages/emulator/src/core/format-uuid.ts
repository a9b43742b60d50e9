/** Makes 32 random hexadecimal digits a version 4 UUID: RFC 9562 sets the version's digit and two bits of the variant's. */
export function formatUuid(hex: string): string {
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
