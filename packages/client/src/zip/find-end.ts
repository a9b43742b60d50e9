import { ValidationError } from "../errors/validation-error.ts";

/** Where the central directory of a ZIP file lies and how many files it has. */
export interface DirectoryPlace {
  readonly count: number;
  readonly offset: number;
  readonly size: number;
}

const fixedSize = 22;
const maxComment = 0xffff;

/** Finds the record that ends a ZIP file (APPNOTE 4.3.16); throws a ValidationError when there is none or it makes no sense. */
export function findEnd(bytes: Uint8Array): DirectoryPlace {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.length - fixedSize; at >= Math.max(0, bytes.length - fixedSize - maxComment); at--) {
    // The comment must reach to the end, else some readers would find one record and some another.
    if (
      view.getUint32(at, true) === 0x06054b50 &&
      at + fixedSize + view.getUint16(at + 20, true) === bytes.length
    ) {
      return readEnd(view, at);
    }
  }
  const hint = "inline code may be plain source, to be decoded with fromBase64";
  throw new ValidationError(
    "zip",
    isZip(bytes) ? "its end is missing; the file is cut" : `it is not a ZIP file; ${hint}`,
  );
}

function readEnd(view: DataView, at: number): DirectoryPlace {
  const count = view.getUint16(at + 10, true);
  const size = view.getUint32(at + 12, true);
  const offset = view.getUint32(at + 16, true);
  if (count === 0xffff || size === 0xffff_ffff || offset === 0xffff_ffff) {
    throw new ValidationError(
      "zip",
      "it needs ZIP64, which is for more than 65534 files or 4 GiB; pack less into it",
    );
  }
  if (
    view.getUint16(at + 4, true) !== 0 ||
    view.getUint16(at + 6, true) !== 0 ||
    view.getUint16(at + 8, true) !== count
  ) {
    throw new ValidationError("zip", "it is one of several parts; pack it into a single file");
  }
  if (offset + size > at)
    throw new ValidationError("zip", "its directory is not where its end says; the file is damaged");
  return { count, offset, size };
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}
