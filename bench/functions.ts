import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { setTimeout } from "node:timers/promises";
import { compare, type Measure } from "./lib/compare.ts";
import { type BenchRuntime, type FunctionEmulator, startFunctionEmulator } from "./lib/function-emulator.ts";
import {
  type FunctionServer,
  type FunctionServerName,
  installedFunctionServers,
  startFunctionServers,
} from "./lib/function-servers.ts";
import { type LoadResult, measureLoad } from "./lib/load.ts";
import { benchOptions } from "./lib/options.ts";
import { startTime } from "./lib/start-time.ts";
import { table } from "./lib/table.ts";

const options = benchOptions({ rounds: 9, requests: 4000, seed: 1 });
const { rounds, requests, seed } = options;
console.log(
  `Node ${process.version}; ${rounds} rounds of ${requests} requests, seed ${seed}; medians, ratios to the first line.\n`,
);

const names = installedFunctionServers();
if (names.length < 5) console.log(`Only ${names.join(", ")} are installed.\n`);
const servers = new Map<FunctionServerName, FunctionServer>();
for (const name of names) servers.set(name, await startFunctionServers[name]());

/** Puts the same load on each, less of it on those that take long. */
const each = (connections: number, figure: (result: LoadResult) => number): Record<string, Measure> =>
  Object.fromEntries(
    [...servers].map(([name, { url, request }]) => [
      name,
      async (count: number) =>
        figure(
          await measureLoad(
            url,
            request,
            connections,
            name === "serverless-offline" ? Math.ceil(count / 10) : count,
          ),
        ),
    ]),
  );

// Everything that is started by load is there before the first figure.
for (const measure of Object.values(each(32, () => 0))) await measure(requests);
console.log(
  table(
    "Warm call at 1 connection",
    "ms",
    3,
    await compare(
      each(1, ({ medianMilliseconds }) => medianMilliseconds),
      options,
    ),
  ),
);
for (const connections of [1, 32]) {
  const results = await compare(
    each(connections, ({ perSecond }) => perSecond),
    options,
  );
  console.log(
    table(`Calls at ${connections} connection${connections === 1 ? "" : "s"}`, "a second", 0, results),
  );
  const emulator = results.find(({ name }) => name.startsWith("emulator"))?.value ?? Number.NaN;
  const times = results.map(({ name, value }) => `${(emulator / value).toFixed(2)} × ${name}`);
  console.log(`The emulator's medians are ${times.join(", ")}.\n`);
}
for (const { stop } of servers.values()) await stop();

/** Until the processes that are kept ready are there again, in milliseconds. */
const rest = 1500;
const event = JSON.stringify({ name: "Ada" });
const emulator = await startFunctionEmulator({ warm: 16 });
let made = 0;

/** Milliseconds that new functions take for their first calls, all at once. */
function firstCalls(
  emulator: FunctionEmulator,
  runtime: BenchRuntime,
  functions: number,
  callers: number,
): Measure {
  return async () => {
    await emulator.reset();
    const fresh = Array.from({ length: functions }, (_, one) => `hello-${made + one}`);
    made += functions;
    const urns = await emulator.makeFunctions(runtime, fresh);
    await setTimeout(rest);
    const { perSecond } = await measureLoad(emulator.url, emulator.call(urns, event), callers, callers);
    return (1000 * callers) / perSecond;
  };
}

const python = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], {
  encoding: "utf8",
}).stdout?.trim();
const cold = { rounds, requests: 1, seed };
const node = {
  "node -e 0": startTime(["-e", "0"], tmpdir()),
  "first call, Node.js from the pool": firstCalls(emulator, "Node.js20.15", 1, 1),
  "16 first calls of 16 functions, Node.js": firstCalls(emulator, "Node.js20.15", 16, 16),
  "16 first calls of one function, Node.js": firstCalls(emulator, "Node.js20.15", 1, 16),
};
console.log(table("Cold start, Node.js", "ms", 1, await compare(node, cold)));
if (python) {
  const measures = {
    "python3 -c pass": startTime(["-c", "pass"], tmpdir(), python),
    "first call, Python from its warm processes": firstCalls(emulator, "Python3.9", 1, 1),
  };
  console.log(table("Cold start, Python", "ms", 1, await compare(measures, cold)));
}
await emulator.stop();
