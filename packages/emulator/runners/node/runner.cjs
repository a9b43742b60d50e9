// The program inside an instance of a Node.js function, which talks with the emulator over descriptor 3
// (src/runtime/channel/runner-protocol.md). Plain CommonJS for every Node since 16.9, as users may configure old ones.
"use strict";

const net = require("node:net");
const { CallQueue } = require("./call-queue.cjs");
const { frames } = require("./frames.cjs");
const { FunctionRunner } = require("./function-runner.cjs");
const { fitHeap } = require("./heap.cjs");
const { memory } = require("./memory.cjs");
const { rehearse } = require("./rehearsal.cjs");

const channel = new net.Socket({ fd: 3, readable: true, writable: true });
const { send, flush } = frames(channel, (head, body) => take(head, body));
// A function may end its process as soon as it has answered.
process.once("exit", flush);
// Nobody is there any more to whom a result could matter. The exit code is that of a process that was told to end.
channel.on("close", () => process.kill(process.pid, "SIGKILL"));
channel.on("error", () => undefined);

// What went to the function's log so far, in bytes, so that the emulator knows when it has all of it.
let written = 0;
for (const stream of [process.stdout, process.stderr]) {
  // What does not fit into the pipe would wait in this process, and be lost with it: a function may end without another turn of its loop.
  stream._handle?.setBlocking?.(true);
  const write = stream.write.bind(stream);
  stream.write = (chunk, encoding, callback) => {
    written += Buffer.byteLength(chunk, typeof encoding === "string" ? encoding : "utf8");
    return write(chunk, encoding, callback);
  };
}

const state = () => ({ written, memory: memory() });

const runner = new FunctionRunner(send, state);
let calls;

function take(head, body) {
  if (head.type === "call") calls.add(head, body);
  else if (head.type === "load") load(head);
  else if (head.type === "return") calls.return();
  else if (head.type === "stop") void runner.stop();
}

function load(settings) {
  clearTimeout(rehearsal);
  fitHeap(settings.context.memory);
  calls = new CallQueue(settings.concurrency, runner.call.bind(runner), send, () => written);
  void runner.load(settings);
}

send({ type: "ready" });
// Unless code comes at once, as it does where no process was ready.
const rehearsal = setTimeout(rehearse, 20, state);
