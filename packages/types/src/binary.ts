/** `Blob` where the program's environment has it (a browser's library or Node's types), nothing elsewhere. */
type BlobIfKnown = typeof globalThis extends { Blob: { prototype: infer Instance } } ? Instance : never;

/** Bytes, as in the body of an upload or download. */
export type Binary = Uint8Array | ArrayBuffer | BlobIfKnown;
