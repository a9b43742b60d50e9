/** What the ZIP format keeps of a file, in its local header and again in the central directory. */
export interface ZipEntry {
  /** The path in UTF-8. */
  readonly name: Uint8Array;
  /** 0 for stored, 8 for deflated. */
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** The Unix permissions. */
  readonly mode: number;
  /** Where the local header begins. */
  readonly offset: number;
}

const utf8Names = 0x0800;
/** 1 January 1980, the earliest day of the format: the same files give the same bytes on every day. */
const date = 0x0021;
/** Deflate needs version 2.0 of the format. */
const neededVersion = 20;
const madeOnUnix = 3 << 8;
const regularFile = 0o100000;

/** The local file header (APPNOTE 4.3.7). */
export function localHeader(entry: ZipEntry): Uint8Array {
  const { bytes, view } = record(30 + entry.name.length, 0x04034b50);
  writeCommon(view, 4, entry);
  bytes.set(entry.name, 30);
  return bytes;
}

/** The file's header in the central directory (APPNOTE 4.3.12). */
export function centralHeader(entry: ZipEntry): Uint8Array {
  const { bytes, view } = record(46 + entry.name.length, 0x02014b50);
  view.setUint16(4, madeOnUnix | neededVersion, true);
  writeCommon(view, 6, entry);
  view.setUint32(38, (regularFile | entry.mode) << 16, true);
  view.setUint32(42, entry.offset, true);
  bytes.set(entry.name, 46);
  return bytes;
}

/** The end of the central directory (APPNOTE 4.3.16). */
export function endRecord(count: number, directorySize: number, directoryOffset: number): Uint8Array {
  const { bytes, view } = record(22, 0x06054b50);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, directorySize, true);
  view.setUint32(16, directoryOffset, true);
  return bytes;
}

/** The fields that both headers have in the same order; the time, the extra field and the comment stay zero. */
function writeCommon(view: DataView, at: number, entry: ZipEntry): void {
  view.setUint16(at, neededVersion, true);
  view.setUint16(at + 2, utf8Names, true);
  view.setUint16(at + 4, entry.method, true);
  view.setUint16(at + 8, date, true);
  view.setUint32(at + 10, entry.crc, true);
  view.setUint32(at + 14, entry.compressedSize, true);
  view.setUint32(at + 18, entry.size, true);
  view.setUint16(at + 22, entry.name.length, true);
}

function record(size: number, signature: number): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  return { bytes, view };
}
