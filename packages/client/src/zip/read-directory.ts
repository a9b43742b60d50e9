import { ValidationError } from "../errors/validation-error.ts";
import { findEnd } from "./find-end.ts";

/** A file as the central directory of a ZIP file describes it. */
export interface DirectoryEntry {
  /** With a slash at its end for a folder. */
  readonly path: string;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** The Unix file type and permissions, 0 when made on a system without them. */
  readonly mode: number;
  /** Where its local header begins. */
  readonly offset: number;
}

const signature = 0x02014b50;
const fixedSize = 46;
/** Flags (APPNOTE 4.4.4): encrypted, strongly encrypted, headers masked. */
const encrypted = 0x0001 | 0x0040 | 0x2000;

/** Reads the central directory of a ZIP file; throws a ValidationError for what is broken, encrypted, or needs ZIP64. */
export function readDirectory(bytes: Uint8Array): DirectoryEntry[] {
  const { count, offset, size } = findEnd(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = offset + size;
  const entries: DirectoryEntry[] = [];
  let at = offset;
  while (entries.length < count) {
    if (at + fixedSize > end || view.getUint32(at, true) !== signature) {
      throw new ValidationError(
        "zip",
        `its directory ends after ${entries.length} of ${count} files; the file is damaged`,
      );
    }
    const nameSize = view.getUint16(at + 28, true);
    const next = at + fixedSize + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw new ValidationError("zip", "a name in its directory is cut; the file is damaged");
    const entry = {
      path: decodeName(bytes.subarray(at + fixedSize, at + fixedSize + nameSize)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      compressedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      mode: view.getUint16(at + 40, true),
      offset: view.getUint32(at + 42, true),
    };
    checkEntry(entry, view.getUint16(at + 8, true));
    entries.push(entry);
    at = next;
  }
  if (at !== end)
    throw new ValidationError(
      "zip",
      `its directory holds more than the ${count} files it counts; the file is damaged`,
    );
  return entries;
}

/** The names' own flag is not asked: many tools write UTF-8 without saying so. */
function decodeName(name: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(name);
  } catch (cause) {
    const hint = "pack it again with a tool that writes UTF-8";
    throw new ValidationError(
      "zip",
      `the name ${new TextDecoder().decode(name)} in it is not UTF-8; ${hint}`,
      { cause },
    );
  }
}

function checkEntry({ path, method, compressedSize, size, offset }: DirectoryEntry, flags: number): void {
  if (flags & encrypted) throw new ValidationError(path, "it is encrypted; pack it without a password");
  if ([compressedSize, size, offset].includes(0xffff_ffff)) {
    throw new ValidationError(
      path,
      "it needs ZIP64, which is for files over 4 GiB; pack it with a tool that writes plain ZIP",
    );
  }
  if (method !== 0 && method !== 8) {
    throw new ValidationError(
      path,
      `its compression method ${method} is neither stored nor deflated; pack it again with deflate`,
    );
  }
}
