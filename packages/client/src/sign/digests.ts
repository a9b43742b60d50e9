/** The two digests that a signature needs, each in lower-case hexadecimal; text is taken as UTF-8. */
export interface Digests {
  sha256(data: string | Uint8Array): string | Promise<string>;
  hmacSha256(key: string, text: string): string | Promise<string>;
}
