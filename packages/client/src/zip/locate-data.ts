import { ValidationError } from "../errors/validation-error.ts";
import type { DirectoryEntry } from "./read-directory.ts";

const signature = 0x04034b50;
const fixedSize = 30;

/**
 * The packed data of each entry, in their order. Throws a ValidationError where a local header does not tell the same as the directory, and
 * where the data of two entries overlap, with which a small package would unpack to a huge one.
 */
export function locateData(
  bytes: Uint8Array<ArrayBuffer>,
  entries: readonly DirectoryEntry[],
): Uint8Array<ArrayBuffer>[] {
  const located = entries.map((entry) => ({ entry, data: locate(bytes, entry) }));
  let free = 0;
  for (const { entry, data } of [...located].sort((a, b) => a.entry.offset - b.entry.offset)) {
    if (entry.offset < free)
      throw new ValidationError(entry.path, "it lies inside of another file; do not use the package");
    free = data.byteOffset - bytes.byteOffset + data.length;
  }
  return located.map(({ data }) => data);
}

function locate(bytes: Uint8Array<ArrayBuffer>, entry: DirectoryEntry): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { path, offset } = entry;
  if (offset + fixedSize > bytes.length || view.getUint32(offset, true) !== signature) {
    throw new ValidationError(path, "it is not where the directory says; the package is damaged");
  }
  const nameEnd = offset + fixedSize + view.getUint16(offset + 26, true);
  const begin = nameEnd + view.getUint16(offset + 28, true);
  if (begin + entry.compressedSize > bytes.length)
    throw new ValidationError(path, "its data are cut; the package is damaged");
  const name = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    bytes.subarray(offset + fixedSize, nameEnd),
  );
  const sizesFollow = view.getUint16(offset + 6, true) & 0x0008;
  const same =
    name === path &&
    view.getUint16(offset + 8, true) === entry.method &&
    (sizesFollow ||
      (view.getUint32(offset + 14, true) === entry.crc &&
        view.getUint32(offset + 18, true) === entry.compressedSize &&
        view.getUint32(offset + 22, true) === entry.size));
  if (!same) {
    throw new ValidationError(
      path,
      "its header and the directory differ, so readers would unpack different things; do not use the package",
    );
  }
  return bytes.subarray(begin, begin + entry.compressedSize);
}
