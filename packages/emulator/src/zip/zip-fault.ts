/** What is wrong with a ZIP, as kinds that callers tell apart. */
export type ZipFaultKind =
  /** No ZIP at all, or one cut off. */
  | "no-zip"
  /** Contradicts itself: sizes, checksums, names or places that do not fit together. */
  | "damaged"
  | "encrypted"
  /** Compressed in a way that is not read here. */
  | "unsupported"
  /** A path that leads outside, or that no file can have. */
  | "path"
  /** A symbolic link that leads outside, a device and the like. */
  | "link"
  /** Unpacks to more than is allowed, or to suspiciously much. */
  | "size"
  /** Holds more files than allowed. */
  | "count";

/** A reason to refuse a ZIP. */
export interface ZipFault {
  readonly kind: ZipFaultKind;
  /** In lower case, to follow `zip: `; the first one is the service's own wording. */
  readonly message: string;
}

/** Makes the error that a fault is refused with. */
export type RefuseZip = (fault: ZipFault) => Error;

/** What a refused ZIP throws unless the caller has an error of its own for it. */
export class ZipError extends Error {
  override readonly name = "ZipError";
  readonly kind: ZipFaultKind;

  constructor({ kind, message }: ZipFault) {
    super(`zip: ${message}`);
    this.kind = kind;
  }
}

/** A fault on its way to where it is turned into the caller's error. */
export class ZipFaultFound extends Error {
  readonly fault: ZipFault;

  constructor(kind: ZipFaultKind, message: string) {
    super(message);
    this.fault = { kind, message };
  }
}
