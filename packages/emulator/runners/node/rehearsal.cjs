// Goes once the way of a first call, with the function of rehearsed.cjs, so that what the engine compiles on that way is there before somebody waits.
"use strict";

const { PassThrough } = require("node:stream");
const { makeContext } = require("./context.cjs");
const { readResult } = require("./errors.cjs");
const { frames } = require("./frames.cjs");
const { loadFunction } = require("./load-function.cjs");

exports.rehearse = async () => {
  const { handler } = await loadFunction({ code: __dirname, handler: "rehearsed.handler" });
  const { send } = frames(new PassThrough(), async (head, body) => {
    const context = makeContext({ timeout: 1 }, head, process.hrtime.bigint());
    readResult(await handler(JSON.parse(body.toString()), context), body.length);
  });
  send({ type: "call", id: "" }, Buffer.from("{}"));
  process.memoryUsage.rss();
};
