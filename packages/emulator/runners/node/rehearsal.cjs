// Goes once the way of a first call, with the function of rehearsed.cjs, so that what the engine compiles on that way is there before somebody waits.
"use strict";

const path = require("node:path");
const { PassThrough } = require("node:stream");
const { CallQueue } = require("./call-queue.cjs");
const { frames } = require("./frames.cjs");
const { FunctionRunner } = require("./function-runner.cjs");

/** So often that the engine has optimized what reads paths: it takes some milliseconds, and would be due in many a first call. */
const enough = 300;

/** @param state as the runner's */
exports.rehearse = async (state) => {
  for (let times = 0; times < enough; times += 1) path.resolve(__dirname, "../node/rehearsed.cjs");
  const { send } = frames(new PassThrough(), () => undefined);
  const runner = new FunctionRunner(send, state);
  const calls = new CallQueue(1, runner.call.bind(runner), send, () => 0);
  await runner.load({
    handler: "rehearsed.handler",
    code: __dirname,
    root: process.cwd(),
    environment: { ...process.env },
    maxResult: 1024,
    context: { timeout: 1 },
  });
  const call = frames(new PassThrough(), (head, body) => calls.add(head, body));
  call.send({ type: "call", id: "" }, Buffer.from("{}"));
};
