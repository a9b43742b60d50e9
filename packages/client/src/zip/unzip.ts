import { ValidationError } from "../errors/validation-error.ts";
import { bytesOf } from "./bytes-of.ts";
import { checkPaths } from "./check-paths.ts";
import { locateData } from "./locate-data.ts";
import type { OnProgress, UnpackedFiles } from "./package-files.ts";
import { type DirectoryEntry, readDirectory } from "./read-directory.ts";
import { unpackContent } from "./unpack-content.ts";

/** How far a ZIP file is trusted. */
export interface UnzipOptions {
  /** The most bytes that all files together may have; 1.5 GB by default, as the service allows. */
  readonly maxSize?: number | undefined;
  /** How many times its own size a ZIP file may hold, once that is over 16 MB; 200 by default. Deflate can reach 1032. */
  readonly maxRatio?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

const serviceMaxSize = 1.5 * 1024 ** 3;
const harmlessSize = 16 * 1024 ** 2;
const fileTypes = 0o170000;
const regularFile = 0o100000;
const folder = 0o040000;
const symbolicLink = 0o120000;
const permissions = 0o777;
const plainFile = 0o644;

/**
 * Unpacks a ZIP file. Rejects with a ValidationError for what is damaged, encrypted, ZIP64, a link or a device, leads out of the package, or
 * is larger than it says or than the options allow, and with the signal's reason when that is aborted.
 */
export async function unzip(zip: Uint8Array, options: UnzipOptions = {}): Promise<UnpackedFiles> {
  const bytes = bytesOf(zip);
  const all = readDirectory(bytes);
  const data = locateData(bytes, all);
  for (const entry of all) checkType(entry);
  const paths = all.map(({ path }) => path);
  checkPaths(
    paths.filter((path) => !path.endsWith("/")),
    paths.filter((path) => path.endsWith("/")),
  );
  const total = checkSize(all, bytes.length, options);

  const files: UnpackedFiles = new Map();
  let done = 0;
  for (const [index, entry] of all.entries()) {
    options.signal?.throwIfAborted();
    if (entry.path.endsWith("/")) continue;
    const content = await unpackContent(entry, data[index] ?? new Uint8Array(), options.signal, (size) => {
      done += size;
      options.onProgress?.(done, total);
    });
    files.set(entry.path, { content, mode: entry.mode & permissions || plainFile });
  }
  return files;
}

function checkType({ path, mode, size }: DirectoryEntry): void {
  const type = mode & fileTypes;
  if (type === symbolicLink)
    throw new ValidationError(path, "it is a link, which may lead anywhere; pack the file itself");
  if (type !== 0 && type !== (path.endsWith("/") ? folder : regularFile)) {
    throw new ValidationError(path, "it is neither a file nor a folder; leave it out of the package");
  }
  if (path.endsWith("/") && size > 0)
    throw new ValidationError(path, "it is a folder with content; do not use the package");
}

/** Adds up what the files say, which none can exceed, and refuses too much before anything is unpacked. */
function checkSize(entries: readonly DirectoryEntry[], packed: number, options: UnzipOptions): number {
  const { maxSize = serviceMaxSize, maxRatio = 200 } = options;
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > maxSize) {
    throw new ValidationError(
      "zip",
      `its files have ${total} bytes, more than ${maxSize}; raise maxSize if that is meant`,
    );
  }
  if (total > harmlessSize && total > packed * maxRatio) {
    throw new ValidationError(
      "zip",
      `its files have ${total} bytes, over ${maxRatio} times its own; raise maxRatio if that is meant`,
    );
  }
  return total;
}
