import type { Duplex } from "node:stream";

/**
 * Lets a channel be read to its end although nothing can be written to it any more: what a process said before its end is still on the way, and
 * Node.js would throw it away with the first write that fails. To the stream such writes now look like others.
 * @returns what could not be written
 */
export function failedWrites(channel: Duplex): { has(chunk: Uint8Array): boolean } {
  const failed = new WeakSet<Uint8Array>();
  const write = channel._write.bind(channel);
  channel._write = (chunk, encoding, done) =>
    write(chunk, encoding, (error) => {
      if (error) failed.add(chunk);
      done();
    });
  const writeAll = channel._writev?.bind(channel);
  if (writeAll)
    channel._writev = (chunks, done) =>
      writeAll(chunks, (error) => {
        if (error) for (const { chunk } of chunks) failed.add(chunk);
        done();
      });
  return failed;
}
