/** The two digests that a signature needs, each in lower-case hexadecimal. */
export interface Digests {
  /** Text is taken as UTF-8. */
  sha256(data: string | Uint8Array): string | Promise<string>;
  /** The text is ASCII, and the key taken as UTF-8. */
  hmacSha256(key: string, text: string): string | Promise<string>;
}
