// Frames of src/runtime/channel/frames.ts: two 32-bit big-endian lengths, a JSON object, bytes.
"use strict";

const prefix = 8;
const nothing = Buffer.alloc(0);

/** Reads the frames of a stream, and gives the function that writes one: what several that came together lead to goes together, too, or with `flush`. */
exports.frames = (channel, onFrame) => {
  let corked = false;
  const flush = () => {
    if (corked) channel.uncork();
    corked = false;
  };
  let chunks = [];
  let size = 0;
  let wanted = prefix;
  channel.on("data", (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size < wanted) return;
    let bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks, size);
    wanted = prefix;
    while (bytes.length >= prefix) {
      const start = prefix + bytes.readUInt32BE(0);
      const total = start + bytes.readUInt32BE(4);
      if (bytes.length < total) {
        wanted = total;
        break;
      }
      if (!corked && bytes.length > total) {
        corked = true;
        channel.cork();
        setImmediate(flush);
      }
      onFrame(JSON.parse(bytes.toString("utf8", prefix, start)), bytes.subarray(start, total));
      bytes = bytes.subarray(total);
    }
    chunks = bytes.length === 0 ? [] : [bytes];
    size = bytes.length;
  });
  /** @param body bytes or a text @param done called when it is out */
  const send = (head, body = nothing, done) => {
    const text = JSON.stringify(head);
    const start = prefix + Buffer.byteLength(text);
    const size = Buffer.byteLength(body);
    const frame = Buffer.allocUnsafe(start + size);
    frame.writeUInt32BE(start - prefix, 0);
    frame.writeUInt32BE(size, 4);
    frame.write(text, prefix);
    if (typeof body === "string") frame.write(body, start);
    else frame.set(body, start);
    channel.write(frame, done);
  };
  return { send, flush };
};
