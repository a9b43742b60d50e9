import { isUtf8 } from "node:buffer";
import { type Entry, fromBufferPromise, getFileNameLowLevel, type ZipFile } from "yauzl";
import { bareZip } from "./bare-zip.ts";
import { longestTarget } from "./link-target.ts";
import { type EntryKind, PathTree } from "./path-tree.ts";
import { ZipFaultFound } from "./zip-fault.ts";
import { defaultZipLimits, ratioFrom, type ZipLimits } from "./zip-options.ts";
import { shown, zipPath } from "./zip-path.ts";

/** One entry of a ZIP's directory that has passed all checks that need no unpacking. */
export interface DirectoryEntry {
  readonly parts: readonly string[];
  readonly kind: EntryKind;
  /** Permission bits. */
  readonly mode: number;
  /** The packed bytes, a view into the ZIP. */
  readonly packed: Buffer;
  readonly deflated: boolean;
  /** Bytes when unpacked, as the ZIP says. */
  readonly size: number;
  readonly crc32: number;
}

/** Reads the directory of a ZIP and refuses what breaks a limit, leads outside or contradicts itself before anything is unpacked. */
export async function readDirectory(
  bytes: Uint8Array,
  limits: Partial<ZipLimits> = {},
): Promise<DirectoryEntry[]> {
  const buffer = bareZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const { entries: most, unpacked, ratio } = { ...defaultZipLimits, ...limits };
  const zip = await open(buffer);
  if (zip.entryCount > most) throw new ZipFaultFound("count", `${zip.entryCount} files, ${most} at most`);
  const tree = new PathTree();
  const spans: { from: number; to: number }[] = [];
  const entries: DirectoryEntry[] = [];
  let total = 0;
  for await (const raw of each(zip)) {
    total += raw.uncompressedSize;
    if (total > unpacked) throw new ZipFaultFound("size", `unpacks to more than ${unpacked} bytes`);
    if (total > ratioFrom && total > buffer.length * ratio)
      throw new ZipFaultFound("size", `unpacks to more than ${ratio} times its size`);
    const entry = toEntry(raw, buffer);
    spans.push({
      from: raw.relativeOffsetOfLocalHeader,
      to: entry.packed.byteOffset - buffer.byteOffset + entry.packed.length,
    });
    tree.add(entry.parts, entry.kind);
    if (entry.parts.length > 0) entries.push(entry);
  }
  // A directory that goes on after its last entry is read differently by other programs.
  if (isAt(buffer, zip.readEntryCursor, 0x02014b50))
    throw new ZipFaultFound("damaged", "more files than it says");
  spans.sort((a, b) => a.from - b.from);
  if (spans.some(({ from }, at) => from < (spans[at - 1]?.to ?? 0)))
    throw new ZipFaultFound("damaged", "files that lie over each other");
  return entries;
}

async function open(buffer: Buffer): Promise<ZipFile> {
  try {
    // Names are checked here, with messages of our own, and so are the sizes.
    return await fromBufferPromise(buffer, { decodeStrings: false, validateEntrySizes: false });
  } catch {
    throw new ZipFaultFound("no-zip", "not a valid zip file");
  }
}

async function* each(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (error) {
    if (error instanceof ZipFaultFound) throw error;
    throw new ZipFaultFound("damaged", `not a valid zip file: ${(error as Error).message}`);
  }
}

function toEntry(raw: Entry, buffer: Buffer): DirectoryEntry {
  const name = nameOf(raw);
  const parts = zipPath(name);
  const { kind, mode } = kindAndMode(raw, name);
  const size = raw.uncompressedSize;
  const deflated = raw.compressionMethod === 8;
  if (raw.isEncrypted()) throw new ZipFaultFound("encrypted", `encrypted: ${shown(name)}`);
  if (!deflated && raw.compressionMethod !== 0)
    throw new ZipFaultFound("unsupported", `compression method ${raw.compressionMethod}: ${shown(name)}`);
  if (!deflated && raw.compressedSize !== size)
    throw new ZipFaultFound("damaged", `wrong size: ${shown(name)}`);
  if (kind === "folder" && size > 0)
    throw new ZipFaultFound("damaged", `folder with contents: ${shown(name)}`);
  if (kind === "link" && size > longestTarget)
    throw new ZipFaultFound("link", `link of ${size} bytes: ${shown(name)}`);
  if (parts.length === 0 && kind !== "folder")
    throw new ZipFaultFound("path", `path without a name: ${shown(name)}`);
  return { parts, kind, mode, packed: packedBytes(raw, buffer, name), deflated, size, crc32: raw.crc32 };
}

/** Programs on Unix often write UTF-8 without saying so; the format's own default is the code page of the first PCs. */
function nameOf(raw: Entry): string {
  const utf8 = isFromUnix(raw) && isUtf8(raw.fileNameRaw) ? 0x0800 : 0;
  return getFileNameLowLevel(raw.generalPurposeBitFlag | utf8, raw.fileNameRaw, raw.extraFields, true);
}

/** Whether the entry was made on Unix or macOS, which write file modes beside it. */
function isFromUnix(raw: Entry): boolean {
  const system = raw.versionMadeBy >>> 8;
  return system === 3 || system === 19;
}

/** By the file type of a Unix mode. */
const kinds: ReadonlyMap<number, EntryKind> = new Map([
  [0, "file"],
  [0o040000, "folder"],
  [0o100000, "file"],
  [0o120000, "link"],
]);

/** What the entry is, by its name and its mode. Set-user and set-group bits are dropped. */
function kindAndMode(raw: Entry, name: string): { kind: EntryKind; mode: number } {
  const attributes = isFromUnix(raw) ? raw.externalFileAttributes >>> 16 : 0;
  const byMode = kinds.get(attributes & 0o170000);
  if (!byMode) throw new ZipFaultFound("link", `neither a file nor a folder: ${shown(name)}`);
  const kind = name.endsWith("/") ? "folder" : byMode;
  if (kind === "folder" && byMode === "link")
    throw new ZipFaultFound("link", `link with the name of a folder: ${shown(name)}`);
  return { kind, mode: attributes & 0o777 || (kind === "folder" ? 0o755 : 0o644) };
}

/** The bytes behind the entry's own header, which has to be there and to say the same name. */
function packedBytes(raw: Entry, buffer: Buffer, name: string): Buffer {
  const at = raw.relativeOffsetOfLocalHeader;
  if (!isAt(buffer, at, 0x04034b50) || at + 30 > buffer.length)
    throw new ZipFaultFound("damaged", `not where the directory says: ${shown(name)}`);
  const nameEnd = at + 30 + buffer.readUInt16LE(at + 26);
  const from = nameEnd + buffer.readUInt16LE(at + 28);
  const to = from + raw.compressedSize;
  if (to > buffer.length) throw new ZipFaultFound("damaged", `cut off: ${shown(name)}`);
  if (!buffer.subarray(at + 30, nameEnd).equals(raw.fileNameRaw))
    throw new ZipFaultFound("damaged", `two names: ${shown(name)}`);
  return buffer.subarray(from, to);
}

function isAt(buffer: Buffer, at: number, signature: number): boolean {
  return at + 4 <= buffer.length && buffer.readUInt32LE(at) === signature;
}
