import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningFunctions, runFunctions } from "../../../test/support/running-functions.ts";
import { findProgram } from "../../sandbox/bubblewrap-trial.ts";
import type { SandboxLevel } from "../../sandbox/contract.ts";

const linux = process.platform === "linux";
const bubblewrap = linux && findProgram("bwrap") !== undefined;

/** Milliseconds within which everything is to be gone, and the limit of the function. */
const grace = 50;
const limit = 500;
/** A busy machine may be late now and then, but not each time. */
const tries = 5;

/** Tells a socket every two milliseconds who it is and what time it is, so that its last word says when it ended. */
const telling = `const [name, port] = process.argv.slice(-2);
const socket = require("dgram").createSocket("udp4");
setInterval(() => socket.send(name + " " + Date.now(), Number(port), "127.0.0.1"), 2);`;

/** Starts children in the first call: of its own group, of a session of its own, and one whose parent is gone and whose environment is empty. */
const code = `const { spawn } = require("child_process");
const program = ${JSON.stringify(telling)};
const parent = "require('child_process').spawn(process.execPath, process.argv.slice(1), { detached: true, env: {}, cwd: '/', stdio: 'ignore' }).unref()";
exports.handler = async ({ port, hangs }) => {
  if (hangs) return new Promise(() => process.stdout.write("at " + Date.now() + "\\n"));
  if (!port) return "well again";
  const node = (options, ...rest) => spawn(process.execPath, rest, { stdio: "ignore", ...options }).unref();
  node({}, "-e", program, "child", port);
  node({ detached: true }, "-e", program, "session", port);
  node({ detached: true }, "-e", parent, "--", "-e", program, "orphan", port);
  const socket = require("dgram").createSocket("udp4");
  setInterval(() => socket.send("function " + Date.now(), port, "127.0.0.1"), 2);
};`;

let functions: RunningFunctions;
let socket: Socket;
const names = ["child", "function", "orphan", "session"];
/** When each was heard of last, by its own clock. */
const last = new Map<string, number>();
beforeEach(async () => {
  socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  socket.on("message", (message) => {
    const [name = "", time] = message.toString().split(" ");
    last.set(name, Number(time));
  });
});
afterEach(async () => {
  await functions.close();
  socket.close();
});

/** Lets a function run into its limit. @returns milliseconds from there to the last sign of life of each of its processes */
async function signsAfterLimit(): Promise<Record<string, number>> {
  last.clear();
  const { port } = socket.address();
  const spec = await functions.add(code, { timeout: limit / 1000 });
  expect(await functions.call(spec, { port: String(port) })).toMatchObject({ code: 0 });
  await expect.poll(() => [...last.keys()].sort(), { timeout: 10_000 }).toEqual(names);
  const late = await functions.call(spec, { hangs: true });
  expect(late.code).toBe(4010);
  const [, began] = /^at (\d+)$/m.exec(late.log) ?? [];
  expect(await functions.call(spec)).toMatchObject({ code: 0, text: "well again", cold: true });
  // Whatever has survived is heard of again.
  await setTimeout(4 * grace);
  return Object.fromEntries([...last].map(([name, time]) => [name, time - (Number(began) + limit)]));
}

describe.skipIf(!linux).each<SandboxLevel>(bubblewrap ? ["process", "namespaces"] : ["process"])(
  "at the level %s, a function that has taken too long",
  (level) => {
    it("is gone within 50 ms of its limit with all that it started, and the next call succeeds", async () => {
      functions = await runFunctions({ sandbox: level });
      const seen: Record<string, number>[] = [];
      while (seen.length < tries && !seen.some(areInTime)) seen.push(await signsAfterLimit());
      expect(seen).toContainEqual(expect.toSatisfy(areInTime));
    });
  },
);

/** Whether all lived until about the limit, and none for longer. */
function areInTime(signs: Readonly<Record<string, number>>): boolean {
  return Object.values(signs).every((time) => time > -limit / 2 && time <= grace);
}
