// Runs an HTTP function: starts its bootstrap, waits for its server on port 8000, and carries calls from the emulator to it
// (src/runtime/channel/runner-protocol.md). It stands in the function's own network, where the emulator cannot reach.
import { readFileSync } from "node:fs";
import { Socket } from "node:net";
import { frames } from "../node/frames.cjs";
import { Bootstrap } from "./bootstrap.mjs";
import { exchange, initialise } from "./exchange.mjs";
import { openWayOut } from "./way-out.mjs";

/** Region, port, milliseconds until the server must listen, and the way out if there is one: what the frames do not tell. */
const settings = JSON.parse(process.argv[2]);
/** How long the news of a process's end may take after its connection broke, in milliseconds. */
const newsOfDeath = 200;

const channel = new Socket({ fd: 3, readable: true, writable: true });
const { send, flush } = frames(channel, take);
process.once("exit", flush);
channel.on("error", () => undefined);
channel.on("close", () => end(0));

/** The function, once it is loaded. */
let loaded;

function take(head, body) {
  if (head.type === "load") void load(head);
  else if (head.type === "call") void call(head, body);
  else if (head.type === "stop") end(0);
}

/** The relay and its bootstrap end together; the sandbox ends what else there is. */
function end(code) {
  loaded?.bootstrap.kill();
  process.exit(code);
}

async function load(head) {
  // The relay's own has the mark by which the sandbox knows its processes. What the user has set goes before what the relay offers.
  const environment = { ...process.env, ...(await openWayOut(settings.proxy)), ...head.environment };
  const bootstrap = new Bootstrap({ ...head, environment }, settings);
  loaded = { bootstrap, head };
  const failure =
    (await bootstrap.listening()) ??
    (head.initializer ? await initialise(settings.port, headersOf(head)) : undefined);
  if (failure) {
    say(failure.advice);
    const { code, message, errorType } = failure;
    // The emulator ends it then: an end of its own might be heard of before the reason.
    send({ type: "failed", code, message, errorType });
    return;
  }
  send({ type: "loaded", ...state() });
  void bootstrap.ended.then(({ code, how }) => {
    say(`bootstrap ended ${how}. The server of an HTTP function must not end.`);
    end(code || 1);
  });
}

async function call(head, body) {
  const { code, payload, broken } = await exchange(
    body,
    settings.port,
    headersOf(loaded.head, head.id),
    loaded.head.maxResult,
  );
  // If its process is gone, so is the instance, which says so by its own end.
  if (broken) await pause(newsOfDeath);
  send({ type: "result", id: head.id, code, ...state() }, payload);
}

/** The headers that every request to a function carries. */
function headersOf({ context }, requestId) {
  return {
    ...(requestId && { "X-CFF-Request-Id": requestId }),
    "X-CFF-Memory": String(context.memory),
    "X-CFF-Timeout": String(context.timeout),
    "X-CFF-Func-Version": context.version,
    "X-CFF-Func-Name": context.functionName,
    "X-CFF-Project-Id": context.projectId,
    "X-CFF-Package": context.package,
    "X-CFF-Region": settings.region,
  };
}

/** The relay's own memory is none of the function's: the emulator subtracts what it counts, which are the pages that nobody shares. */
function state() {
  const resident = process.memoryUsage.rss();
  try {
    const [, pages, shared] = readFileSync("/proc/self/statm", "latin1").split(" ").map(Number);
    return { memory: Math.round(resident * (1 - shared / pages)) };
  } catch {
    return { memory: resident };
  }
}

function say(text) {
  if (text) process.stderr.write(`[emulator] ${text}\n`);
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

send({ type: "ready" });
