import { ValidationError } from "../errors/validation-error.ts";
import { concat } from "./concat.ts";
import { crc32 } from "./crc32.ts";
import type { DirectoryEntry } from "./read-directory.ts";
import { streamPieces } from "./stream-pieces.ts";

const remedy = "the package is damaged or made to deceive, do not use it";

/**
 * Unpacks the data of one entry and stops as soon as there is more than its directory says, so that a small package cannot fill the memory;
 * rejects with a ValidationError when size, checksum or data are wrong.
 */
export async function unpackContent(
  entry: DirectoryEntry,
  data: Uint8Array<ArrayBuffer>,
  signal: AbortSignal | undefined,
  onOutput: (size: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const { path, method } = entry;
  const pieces: Uint8Array[] = [];
  let size = 0;
  let crc = 0;
  for await (const piece of method === 0 ? [data] : inflate(path, data, signal)) {
    signal?.throwIfAborted();
    size += piece.length;
    if (size > entry.size)
      throw new ValidationError(path, `it holds more than the ${entry.size} bytes it says; ${remedy}`);
    crc = crc32(piece, crc);
    pieces.push(piece);
    onOutput(piece.length);
  }
  if (size < entry.size)
    throw new ValidationError(path, `it holds ${size} bytes of the ${entry.size} it says; ${remedy}`);
  if (crc !== entry.crc) throw new ValidationError(path, `its checksum is wrong; ${remedy}`);
  return concat(pieces);
}

async function* inflate(
  path: string,
  data: Uint8Array<ArrayBuffer>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void> {
  if (typeof DecompressionStream === "undefined") {
    throw new Error("This runtime has no DecompressionStream to read deflated files with; use one that has.");
  }
  try {
    yield* streamPieces(data, new DecompressionStream("deflate-raw"), signal);
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ValidationError(path, `its data cannot be inflated; ${remedy}`, { cause });
  }
}
