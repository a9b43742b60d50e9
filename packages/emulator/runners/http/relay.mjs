// Runs an HTTP function: starts its bootstrap, waits for its server on port 8000, and carries calls from the emulator to it
// (src/runtime/channel/runner-protocol.md). It stands in the function's own network, where the emulator cannot reach.
import { readFileSync } from "node:fs";
import { Socket } from "node:net";
import { frames } from "../node/frames.cjs";
import { Bootstrap } from "./bootstrap.mjs";
import { exchange, initialise } from "./exchange.mjs";
import { openWayOut } from "./way-out.mjs";

/** What the frames do not tell: region, port, milliseconds until the server must listen, whether the network is its own, the way out if there is one. */
const settings = JSON.parse(process.argv[2]);
/** How long the news of a process's end may take after its connection broke, in milliseconds. */
const newsOfDeath = 200;

const channel = new Socket({ fd: 3, readable: true, writable: true });
const { send, flush } = frames(channel, take);
process.once("exit", flush);
channel.on("error", () => undefined);
// The emulator is gone, and with it perhaps whatever else would end what the bootstrap has started.
channel.on("close", () => process.kill(0, "SIGKILL"));

/** What a call ends with that the server cannot have begun with, as it had ended: the emulator knows the code (src/runtime/http/http-adapter.ts). */
const undelivered = -1;

/** The function, once it is loaded. */
let loaded;
/** Whether its bootstrap has ended. */
let over = false;
/** Whether the server has got a call: one that ends before its first would end elsewhere, too, so that its calls are not moved. */
let served = false;
const calls = new Set();
/** Those of them that are at the server. */
const asked = new Set();

function take(head, body) {
  if (head.type === "load") void load(head);
  else if (head.type === "call") {
    const one = call(head, body).finally(() => calls.delete(one));
    calls.add(one);
  } else if (head.type === "stop") end(0);
}

/** The relay and its bootstrap end together; the sandbox ends what else there is. */
function end(code) {
  loaded?.bootstrap.kill();
  process.exit(code);
}

async function load(head) {
  // The relay's own has the mark by which the sandbox knows its processes. What the user has set goes before what the relay offers.
  const wayOut = await openWayOut(settings.proxy);
  const environment = { ...process.env, ...wayOut.variables, ...head.environment };
  const bootstrap = new Bootstrap({ ...head, environment }, { ...settings, relayPort: wayOut.port });
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
  void bootstrap.ended.then(async ({ code, how }) => {
    over = true;
    say(`bootstrap ended ${how}. The server of an HTTP function must not end.`);
    // Answers that it has sent before are on their way, and so may be calls that it will not get.
    await pause(0);
    await Promise.race([allOf(calls), pause(newsOfDeath)]);
    end(code || 1);
  });
}

async function call(head, body) {
  const { bootstrap, head: context } = loaded;
  const one = exchange(body, settings.port, headersOf(context, head.id), context.maxResult);
  asked.add(one);
  const { code, payload, broken, refused, unread } = await one;
  asked.delete(one);
  // If its process is gone, so is the instance, which says so by its own end.
  if (broken && !over) await Promise.race([bootstrap.ended, pause(newsOfDeath)]);
  if (refused || (unread && over)) {
    // The instance ends with it, so that the calls which the server still has go first: one that has only ceased to listen answers them.
    await Promise.race([allOf(asked), over ? pause(newsOfDeath) : bootstrap.ended]);
    if (served) return send({ type: "result", id: head.id, code: undelivered });
  }
  if (broken && over) return;
  served ||= !refused;
  send({ type: "result", id: head.id, code, ...state() }, payload);
}

/** Waits until there is none left, also of those that are added meanwhile. */
async function allOf(promises) {
  while (promises.size > 0) await Promise.all(promises);
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
