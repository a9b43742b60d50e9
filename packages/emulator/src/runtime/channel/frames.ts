import type { Duplex } from "node:stream";

/**
 * A message between the emulator and a runner, in either direction: a JSON object and bytes that belong to it.
 *
 * On the wire: the lengths of both as two unsigned 32-bit big-endian numbers, the JSON text in UTF-8, the bytes.
 */
export interface Frame {
  readonly head: Readonly<Record<string, unknown>>;
  readonly body: Uint8Array;
}

const prefix = 8;
const nothing = Buffer.alloc(0);

/**
 * Writes a frame.
 * @param lost called when nobody can have read all of it, as the process at the other end is dead
 */
export function sendFrame(
  channel: Duplex,
  head: Readonly<Record<string, unknown>>,
  body: Uint8Array = nothing,
  lost: () => void = () => undefined,
): void {
  if (!channel.writable) {
    lost();
    return;
  }
  const written = (error?: Error | null): void => {
    if (error) lost();
  };
  const text = Buffer.from(JSON.stringify(head));
  const lengths = Buffer.allocUnsafe(prefix);
  lengths.writeUInt32BE(text.length, 0);
  lengths.writeUInt32BE(body.byteLength, 4);
  if (body.byteLength < 16_384) {
    channel.write(Buffer.concat([lengths, text, body]), written);
    return;
  }
  channel.cork();
  channel.write(lengths);
  channel.write(text);
  channel.write(body, written);
  channel.uncork();
}

/**
 * Calls back for each frame that comes.
 * @param most bytes that a frame may have; the channel is destroyed when a runner, or a function that has found its descriptor, sends more
 * or something that is no frame.
 */
export function readFrames(channel: Duplex, most: number, onFrame: (frame: Frame) => void): void {
  let chunks: Buffer[] = [];
  let size = 0;
  let wanted = prefix;
  channel.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size < wanted) return;
    let bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks, size);
    wanted = prefix;
    while (bytes.length >= prefix) {
      const headLength = bytes.readUInt32BE(0);
      const total = prefix + headLength + bytes.readUInt32BE(4);
      if (total > most) {
        channel.destroy();
        return;
      }
      if (bytes.length < total) {
        wanted = total;
        break;
      }
      const head = parseHead(bytes.subarray(prefix, prefix + headLength));
      if (!head) {
        channel.destroy();
        return;
      }
      onFrame({ head, body: bytes.subarray(prefix + headLength, total) });
      bytes = bytes.subarray(total);
    }
    chunks = bytes.length === 0 ? [] : [bytes];
    size = bytes.length;
  });
}

function parseHead(bytes: Buffer): Frame["head"] | undefined {
  try {
    const head: unknown = JSON.parse(bytes.toString());
    // An object's properties are read one by one, each with a check of its own.
    return typeof head === "object" && head !== null ? (head as Frame["head"]) : undefined;
  } catch {
    return undefined;
  }
}
