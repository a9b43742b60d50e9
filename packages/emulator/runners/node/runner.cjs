// Runs a Node.js function: loads its module, calls its handler, and talks with the emulator over descriptor 3
// (src/runtime/channel/runner-protocol.md). Plain CommonJS for every Node since 16.9, as users may configure old ones.
"use strict";

const net = require("node:net");
const { makeContext } = require("./context.cjs");
const { describeError, isError } = require("./errors.cjs");
const { frames } = require("./frames.cjs");
const { fitHeap } = require("./heap.cjs");
const { findMethod } = require("./load-function.cjs");
const { rehearse } = require("./rehearsal.cjs");
const { readResult } = require("./result.cjs");

const channel = new net.Socket({ fd: 3, readable: true, writable: true });
const { send, flush } = frames(channel, (head, body) => void take(head, body));
// A function may end its process as soon as it has answered.
process.once("exit", flush);
// Nobody is there any more to whom a result could matter. The exit code is that of a process that was told to end.
channel.on("close", () => process.kill(process.pid, "SIGKILL"));
channel.on("error", () => undefined);

// What went to the function's log so far, in bytes, so that the emulator knows when it has all of it.
let written = 0;
for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  stream.write = (chunk, encoding, callback) => {
    written += Buffer.byteLength(chunk, typeof encoding === "string" ? encoding : "utf8");
    return write(chunk, encoding, callback);
  };
}

/** Of src/sandbox/marker.ts. */
const mark = "FUNCTIONGRAPH_INSTANCE";

/** The function, once it is loaded. */
let loaded;

// Asking for the memory costs more than a short call, which cannot have changed it much.
const asked = { at: -Infinity, bytes: 0 };
const freshness = 10;

const state = () => {
  const now = performance.now();
  if (now - asked.at > freshness) {
    asked.at = now;
    try {
      asked.bytes = process.memoryUsage.rss();
    } catch {
      // The function has used up its descriptors. What it had last time will do.
    }
  }
  return { written, memory: asked.bytes };
};

async function take(head, body) {
  if (head.type === "load") await load(head);
  else if (head.type === "call") call(head, body);
  else if (head.type === "stop") await stop();
}

async function load(settings) {
  clearTimeout(rehearsal);
  fitHeap(settings.context.memory);
  // All but the mark by which the emulator finds what the function starts, where it has no namespace of its own.
  for (const name of Object.keys(process.env)) if (name !== mark) delete process.env[name];
  Object.assign(process.env, settings.environment);
  const { code: folder, initializer } = settings;
  let phase = 4002;
  try {
    process.chdir(settings.root);
    loaded = { settings, handler: await findMethod(folder, settings.handler) };
    if (initializer) {
      const method = await findMethod(folder, initializer, "initializer", 4009);
      phase = 4009;
      await runLifecycle(method);
    }
    send({ type: "loaded", ...state() });
  } catch (error) {
    const { code, errorMessage: message, errorType, payload } = describeError(error, folder, phase);
    send({ type: "failed", code, message, errorType, ...state() }, Buffer.from(payload));
  }
}

/** Runs the initializer or the pre-stop method: with a callback, or as a promise. */
function runLifecycle(method) {
  return new Promise((resolve, reject) => {
    const { context: settings } = loaded.settings;
    // What the function's agency allows is in its settings, as no call says it.
    const result = method(makeContext(settings, { keys: settings }), (error) =>
      error ? reject(error) : resolve(),
    );
    if (result && typeof result.then === "function") result.then(resolve, reject);
    // One that neither takes a callback nor returns a promise has ended.
    else if (method.length < 2) resolve();
  });
}

function call(head, body) {
  const { settings, handler } = loaded;
  let over = false;
  const end = (code, payload) => {
    // Of several answers the first one counts.
    if (over) return;
    over = true;
    send({ type: "result", id: head.id, code, ...state() }, Buffer.from(payload));
  };
  const fail = (error, phase) => {
    const { code, payload } = describeError(error, settings.code, phase);
    end(code, payload);
  };
  const finish = (value, wanted) => {
    const { code, payload } = readResult(value, settings.maxResult, wanted);
    end(code, payload);
  };
  const succeed = (value) => finish(value);
  let event;
  try {
    event = body.length === 0 ? undefined : JSON.parse(body.toString());
  } catch (error) {
    return fail(error);
  }
  const context = makeContext(settings.context, head);
  const callback = (error, value) => {
    if (error === null || error === undefined) succeed(value);
    else if (isError(error)) fail(error, 4001);
    else finish(error, 4001);
  };
  try {
    const result = handler(event, context, callback);
    if (result && typeof result.then === "function") result.then(succeed, (error) => fail(error));
  } catch (error) {
    fail(error);
  }
}

async function stop() {
  const { settings } = loaded || {};
  if (settings?.preStop) {
    try {
      await runLifecycle(await findMethod(settings.code, settings.preStop, "pre-stop method"));
    } catch (error) {
      const { errorMessage, stackTrace = [] } = describeError(error, settings.code, 0);
      console.error([errorMessage, ...stackTrace].join("\n    "));
    }
  }
  process.exit(0);
}

send({ type: "ready" });
// Unless code comes at once, as it does where no process was ready.
const rehearsal = setTimeout(rehearse, 20);
