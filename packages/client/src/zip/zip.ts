import { checkLimit } from "./check-limit.ts";
import { concat } from "./concat.ts";
import { listFiles } from "./list-files.ts";
import { packContent } from "./pack-content.ts";
import type { OnProgress, PackageFiles } from "./package-files.ts";
import { centralHeader, endRecord, localHeader, type ZipEntry } from "./zip-records.ts";

/** How files are packed. */
export interface ZipOptions {
  /**
   * `deflate` by default. The same files give the same bytes on the same runtime, whatever their order and date; other runtimes, versions
   * and processors may deflate differently, so `store` is for bytes that are the same everywhere.
   */
  readonly level?: "deflate" | "store" | undefined;
  /** The largest ZIP file in bytes; no limit by default. */
  readonly limit?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What lies further behind would need ZIP64. */
const maxOffset = 0xffff_fffe;

/**
 * Packs files into the bytes of a ZIP file: sorted by path, without dates, with executable bits. Rejects with a ValidationError for a path
 * that leads out of the package and as soon as the limit is passed, and with the signal's reason when that is aborted.
 */
export async function zip(files: PackageFiles, options: ZipOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { level = "deflate", onProgress, signal } = options;
  const limit = Math.min(options.limit ?? maxOffset, maxOffset);
  const listed = listFiles(files);
  const total = listed.reduce((sum, { content }) => sum + content.length, 0);
  if (level === "store") checkLimit(total, limit);

  const pieces: Uint8Array[] = [];
  const entries: ZipEntry[] = [];
  let done = 0;
  let offset = 0;
  for (const { name, content, mode } of listed) {
    signal?.throwIfAborted();
    const packed = await packContent(content, level, signal, (size) => {
      done += size;
      onProgress?.(done, total);
    });
    const entry = { ...packed, name, mode, offset, size: content.length };
    const header = localHeader(entry);
    entries.push(entry);
    pieces.push(header, ...packed.pieces);
    offset += header.length + packed.compressedSize;
    checkLimit(offset, limit);
  }
  const directory = entries.map(centralHeader);
  const directorySize = directory.reduce((sum, header) => sum + header.length, 0);
  const bytes = concat([...pieces, ...directory, endRecord(entries.length, directorySize, offset)]);
  checkLimit(bytes.length, limit);
  return bytes;
}
