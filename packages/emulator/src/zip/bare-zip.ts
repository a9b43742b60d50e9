/** Sizes of the record at the end of a ZIP, and of the one that stands before it in a large ZIP. */
const endSize = 22;
const locatorSize = 20;
/** How far from the end the record is looked for: as far as the longest comment allows, and a little further. */
const reach = 65 * 1024;

/**
 * A ZIP without what others have put around it: a program before it that unpacks it, bytes behind it. It is found as Go does, whose wording the
 * service uses: the last end record counts, and where the directory is not where it says, everything is as much further behind as the
 * directory is. What is no ZIP, or one that contradicts itself, is left for its reader to refuse.
 */
export function bareZip(buffer: Buffer): Buffer {
  const end = lastEnd(buffer);
  if (end === undefined) return buffer;
  // The fields of a large ZIP are elsewhere, and count from the beginning of the file for Go too.
  const isLarge = isAt(buffer, end - locatorSize, 0x07064b50);
  return buffer.subarray(isLarge ? 0 : startOf(buffer, end), end + endSize + commentSize(buffer, end));
}

/** Whether bytes that begin like something else hold a ZIP with something in it. */
export function hidesZip(buffer: Buffer): boolean {
  const end = lastEnd(buffer);
  if (end === undefined) return false;
  return isAt(buffer, startOf(buffer, end) + buffer.readUInt32LE(end + 16), 0x02014b50);
}

function lastEnd(buffer: Buffer): number | undefined {
  const first = Math.max(0, buffer.length - reach);
  for (let at = buffer.length - endSize; at >= first; at -= 1) {
    if (!isAt(buffer, at, 0x06054b50)) continue;
    return at + endSize + commentSize(buffer, at) > buffer.length ? undefined : at;
  }
  return undefined;
}

function commentSize(buffer: Buffer, end: number): number {
  return buffer.readUInt16LE(end + 20);
}

function startOf(buffer: Buffer, end: number): number {
  const offset = buffer.readUInt32LE(end + 16);
  const start = end - buffer.readUInt32LE(end + 12) - offset;
  // A directory where it says is at the right place already, whatever lies between it and the end.
  return start > 0 && !isAt(buffer, offset, 0x02014b50) ? start : 0;
}

function isAt(buffer: Buffer, at: number, signature: number): boolean {
  return at >= 0 && at + 4 <= buffer.length && buffer.readUInt32LE(at) === signature;
}
