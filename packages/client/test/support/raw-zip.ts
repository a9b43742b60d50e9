/** A file as a hostile or unusual tool would write it: every field of both headers can be set on its own. */
export interface RawEntry {
  name: string | Uint8Array;
  data?: Uint8Array;
  /** Fields of the directory; the local header has the same unless `local` says otherwise. */
  fields?: Partial<RawFields>;
  local?: Partial<RawFields> & { name?: string };
}

interface RawFields {
  flags: number;
  method: number;
  crc: number;
  compressedSize: number;
  size: number;
  mode: number;
  offset: number;
}

/** Fields of the record at the end. */
export interface RawEnd {
  disk: number;
  count: number;
  size: number;
  offset: number;
  comment: string;
  before: Uint8Array;
}

/** Writes a ZIP file byte by byte, without any check; the checksum of the data is for the caller to give. */
export function rawZip(entries: readonly RawEntry[], end: Partial<RawEnd> = {}): Uint8Array {
  const before = end.before ?? new Uint8Array();
  const parts: Uint8Array[] = [before];
  const directory: Uint8Array[] = [];
  let offset = before.length;
  for (const { name, data = new Uint8Array(), fields, local } of entries) {
    const mode = String(name).endsWith("/") ? 0o040755 : 0o100644;
    const plain = {
      flags: 0,
      method: 0,
      crc: 0,
      compressedSize: data.length,
      size: data.length,
      mode,
      offset,
    };
    const central = { ...plain, ...fields };
    const nameBytes = bytes(name);
    const header = localHeader(local?.name === undefined ? nameBytes : bytes(local.name), {
      ...central,
      ...local,
    });
    parts.push(header, data);
    directory.push(centralHeader(nameBytes, central));
    offset += header.length + data.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const comment = bytes(end.comment ?? "");
  const count = end.count ?? entries.length;
  const disk = end.disk ?? 0;
  const last = numbers(
    [4, 0x06054b50],
    [2, disk],
    [2, 0],
    [2, count],
    [2, count],
    [4, end.size ?? size],
    [4, end.offset ?? offset],
  );
  return Buffer.concat([...parts, ...directory, last, numbers([2, comment.length]), comment]);
}

function localHeader(name: Uint8Array, { flags, method, crc, compressedSize, size }: RawFields): Uint8Array {
  const fixed: [number, number][] = [
    [4, 0x04034b50],
    [2, 20],
    [2, flags],
    [2, method],
    [4, 0],
    [4, crc],
    [4, compressedSize],
    [4, size],
  ];
  return Buffer.concat([numbers(...fixed, [2, name.length], [2, 0]), name]);
}

function centralHeader(
  name: Uint8Array,
  { flags, method, crc, compressedSize, size, mode, offset }: RawFields,
): Uint8Array {
  const fixed: [number, number][] = [
    [4, 0x02014b50],
    [2, 0x0314],
    [2, 20],
    [2, flags],
    [2, method],
    [4, 0],
    [4, crc],
  ];
  const rest: [number, number][] = [
    [4, compressedSize],
    [4, size],
    [2, name.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
  ];
  return Buffer.concat([numbers(...fixed, ...rest, [4, mode * 65_536], [4, offset]), name]);
}

function bytes(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? Buffer.from(text) : text;
}

/** Little-endian numbers, each of so many bytes. */
function numbers(...fields: [size: number, value: number][]): Uint8Array {
  return Buffer.concat(
    fields.map(([size, value]) => {
      const field = Buffer.alloc(size);
      field.writeUIntLE(value, 0, size);
      return field;
    }),
  );
}
