import type { FileContent } from "./package-files.ts";

/** The bytes of a content; those in shared memory are copied, since compression streams refuse them. */
export function bytesOf(content: FileContent): Uint8Array<ArrayBuffer> {
  if (typeof content === "string") return new TextEncoder().encode(content);
  // `as`: TypeScript does not narrow the view's type by the class of its buffer.
  return content.buffer instanceof ArrayBuffer
    ? (content as Uint8Array<ArrayBuffer>)
    : new Uint8Array(content);
}
