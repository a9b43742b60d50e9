import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import type { DirectoryEntry } from "./zip-directory.ts";
import { ZipFaultFound } from "./zip-fault.ts";
import { shown } from "./zip-path.ts";

/** Up to this many bytes, packed and unpacked, going to another thread takes longer than the work. */
const small = 64 * 1024;

/**
 * Hands out the bytes of an entry piece by piece, never more than the directory says.
 * @throws ZipFaultFound if they are more, fewer or others than it says
 */
export async function unpackEntry(entry: DirectoryEntry, take: (piece: Uint8Array) => void): Promise<void> {
  let size = 0;
  let sum = 0;
  const pass = (piece: Uint8Array): void => {
    size += piece.byteLength;
    if (size > entry.size) throw wrong(entry, "more bytes than it says");
    sum = crc32(piece, sum);
    take(piece);
  };
  if (!entry.deflated) pass(entry.packed);
  else if (entry.packed.length <= small && entry.size <= small) pass(inflateSmall(entry));
  else await inflateLarge(entry, pass);
  if (size < entry.size) throw wrong(entry, "fewer bytes than it says");
  if (sum !== entry.crc32) throw wrong(entry, "wrong checksum");
}

function inflateSmall(entry: DirectoryEntry): Uint8Array {
  try {
    return inflateRawSync(entry.packed, { maxOutputLength: Math.max(entry.size, 1) });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
      ? wrong(entry, "more bytes than it says")
      : wrong(entry, "cannot be unpacked");
  }
}

async function inflateLarge(entry: DirectoryEntry, pass: (piece: Uint8Array) => void): Promise<void> {
  const inflate = createInflateRaw({ chunkSize: small });
  inflate.end(entry.packed);
  try {
    for await (const piece of inflate) pass(piece);
  } catch (error) {
    throw error instanceof ZipFaultFound ? error : wrong(entry, "cannot be unpacked");
  }
}

function wrong(entry: DirectoryEntry, what: string): ZipFaultFound {
  return new ZipFaultFound("damaged", `${what}: ${shown(entry.parts.join("/"))}`);
}
