import { promisify } from "node:util";
import { crc32, deflateRaw } from "node:zlib";
import { compareBytes } from "../store/compare-bytes.ts";
import { shown, zipPath } from "./zip-path.ts";

/** A file to pack. */
export interface ZipFile {
  /** Relative, with `/` between its parts. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Permission bits. Default: 644. */
  readonly mode?: number;
}

const deflate = promisify(deflateRaw);
/** 1980-01-01 00:00, the first moment that a ZIP can name: the same files make the same bytes, whenever. */
const noDate = 0x0021_0000;
/** Names are in UTF-8. */
const utf8 = 0x0800;
const regularFile = 0o100000;

/**
 * Packs files as a ZIP, in the bytewise order of their paths: the same files always make the same bytes.
 * @throws RangeError for paths that no reader may take, twice the same path, and more than a ZIP without extensions holds (65,535 files, 4 GiB)
 */
export async function writeZip(files: readonly ZipFile[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const file of inOrder(files)) {
    const name = Buffer.from(file.path);
    const deflated = await deflate(file.bytes);
    const packed = deflated.byteLength < file.bytes.byteLength ? deflated : file.bytes;
    const shared = sharedHeader(file, name, packed);
    const local = Buffer.concat([word32(0x04034b50), shared, name]);
    const attributes = ((regularFile | (file.mode ?? 0o644)) << 16) >>> 0;
    // Made by Unix, version 2.0; then no comment, disk 0, nothing internal.
    directory.push(
      word32(0x02014b50),
      word16(0x0314),
      shared,
      word16(0),
      word16(0),
      word16(0),
      word32(attributes),
      word32(offset),
      name,
    );
    pieces.push(local, packed);
    offset += local.byteLength + packed.byteLength;
    if (offset > 0xffff_ffff) throw new RangeError("A ZIP holds 4 GiB at most.");
  }
  const index = Buffer.concat(directory);
  const count = word16(files.length);
  const end = Buffer.concat([
    word32(0x06054b50),
    word16(0),
    word16(0),
    count,
    count,
    word32(index.byteLength),
    word32(offset),
    word16(0),
  ]);
  return new Uint8Array(Buffer.concat([...pieces, index, end]));
}

/** What an entry's header and its line in the directory have in common. */
function sharedHeader({ bytes }: ZipFile, name: Buffer, packed: Uint8Array): Buffer {
  const method = packed === bytes ? 0 : 8;
  const sizes = [word32(crc32(bytes)), word32(packed.byteLength), word32(bytes.byteLength)];
  return Buffer.concat([
    word16(20),
    word16(utf8),
    word16(method),
    word32(noDate),
    ...sizes,
    word16(name.byteLength),
    word16(0),
  ]);
}

function inOrder(files: readonly ZipFile[]): ZipFile[] {
  if (files.length > 0xffff) throw new RangeError("A ZIP holds 65,535 files at most.");
  const seen = new Set<string>();
  for (const { path } of files) {
    if (seen.has(path)) throw new RangeError(`${shown(path)} cannot be packed twice.`);
    if (!isPlain(path))
      throw new RangeError(`${shown(path)} cannot be packed: no reader may take such a path.`);
    seen.add(path);
  }
  return [...files].sort((a, b) => compareBytes(a.path, b.path));
}

function isPlain(path: string): boolean {
  try {
    return zipPath(path).join("/") === path;
  } catch {
    return false;
  }
}

function word16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function word32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
