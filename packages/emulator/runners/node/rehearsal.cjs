// Goes once the way of a first call, with the function of rehearsed.cjs, so that what the engine compiles on that way is there before somebody waits.
"use strict";

const path = require("node:path");
const { PassThrough } = require("node:stream");
const { makeContext } = require("./context.cjs");
const { frames } = require("./frames.cjs");
const { findMethod } = require("./load-function.cjs");
const { readResult } = require("./result.cjs");

/** So often that the engine has optimized what reads paths: it takes some milliseconds, and would be due in many a first call. */
const enough = 300;

exports.rehearse = async () => {
  for (let times = 0; times < enough; times += 1) path.resolve(__dirname, "../node/rehearsed.cjs");
  const handler = await findMethod(__dirname, "rehearsed.handler");
  const { send } = frames(new PassThrough(), async (head, body) => {
    readResult(await handler(JSON.parse(body.toString()), makeContext({ timeout: 1 }, head)), body.length);
  });
  send({ type: "call", id: "" }, Buffer.from("{}"));
  process.memoryUsage.rss();
};
