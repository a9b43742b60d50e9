import type { Duplex } from "node:stream";
import { setImmediate } from "node:timers";
import { failedWrites } from "./failed-writes.ts";

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
/** What is written at once, in bytes: the kernel takes so much whole or not at all. */
const most = 16_384;

/** Writes frames. Those of one turn of the event loop go together, as each write wakes the other process. */
export class FrameWriter {
  readonly #channel: Duplex;
  readonly #failed: ReturnType<typeof failedWrites>;
  #pieces: Uint8Array[] = [];
  #size = 0;
  #lost: (() => void)[] = [];

  constructor(channel: Duplex) {
    this.#channel = channel;
    this.#failed = failedWrites(channel);
  }

  /** @param lost called when nobody can have read all of it, as the process at the other end is dead */
  send(head: Frame["head"], body: Uint8Array = nothing, lost?: () => void): void {
    const text = JSON.stringify(head);
    const start = prefix + Buffer.byteLength(text);
    const size = start + body.byteLength;
    if (this.#size + size > most) this.#flush();
    const isSmall = size <= most;
    const frame = Buffer.allocUnsafe(isSmall ? size : start);
    frame.writeUInt32BE(start - prefix, 0);
    frame.writeUInt32BE(body.byteLength, 4);
    frame.write(text, prefix);
    if (this.#size === 0) setImmediate(() => this.#flush());
    this.#pieces.push(frame);
    this.#size += size;
    if (lost) this.#lost.push(lost);
    if (isSmall) frame.set(body, start);
    else this.#pieces.push(body);
  }

  #flush(): void {
    const pieces = this.#pieces;
    const size = this.#size;
    const lost = this.#lost;
    if (size === 0) return;
    this.#pieces = [];
    this.#size = 0;
    this.#lost = [];
    const channel = this.#channel;
    const isLarge = size > most;
    const [head = nothing, body = nothing] = pieces;
    const first = isLarge || pieces.length === 1 ? head : Buffer.concat(pieces, size);
    const settle = (error?: Error | null): void => {
      if (error || this.#failed.has(first)) for (const tell of lost) tell();
    };
    if (!channel.writable) for (const tell of lost) tell();
    else if (isLarge) {
      // One frame: its parts together, as copying the body would cost more.
      channel.cork();
      channel.write(first);
      channel.write(body, settle);
      channel.uncork();
    } else channel.write(first, settle);
  }
}

/**
 * Calls back for each frame that comes.
 * @param longest bytes that a frame may have; the channel is destroyed when a runner, or a function that has found its descriptor, sends more
 * or something that is no frame.
 */
export function readFrames(channel: Duplex, longest: number, onFrame: (frame: Frame) => void): void {
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
      if (total > longest) {
        channel.destroy();
        return;
      }
      if (bytes.length < total) {
        wanted = total;
        break;
      }
      const head = parseHead(bytes.toString("utf8", prefix, prefix + headLength));
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

function parseHead(text: string): Frame["head"] | undefined {
  try {
    const head: unknown = JSON.parse(text);
    // An object's properties are read one by one, each with a check of its own.
    return typeof head === "object" && head !== null ? (head as Frame["head"]) : undefined;
  } catch {
    return undefined;
  }
}
