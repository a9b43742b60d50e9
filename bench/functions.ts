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
import { median } from "./lib/median.ts";
import { benchOptions } from "./lib/options.ts";
import { startTime } from "./lib/start-time.ts";
import { table } from "./lib/table.ts";

const options = benchOptions({ rounds: 7, requests: 4000, seed: 1 });
const { rounds, requests, seed } = options;
console.log(
  `Node ${process.version}; ${rounds} rounds of ${requests} requests, seed ${seed}; medians, ratios to the first line.\n`,
);

const names = installedFunctionServers();
if (names.length < 5) console.log(`Only ${names.join(", ")} are installed.\n`);
const servers = new Map<FunctionServerName, FunctionServer>();
for (const name of names) servers.set(name, await startFunctionServers[name]());

const label = (connections: number): string => `${connections} connection${connections === 1 ? "" : "s"}`;
/** Fewer requests are enough of a server that takes long for each. */
const share = (name: FunctionServerName): number => (name === "serverless-offline" ? 10 : 1);
const load = (name: FunctionServerName, connections: number, count: number): Promise<LoadResult> => {
  const server = servers.get(name);
  if (!server) throw new Error(`${name} is not there`);
  return measureLoad(server.url, server.request, connections, Math.ceil(count / share(name)));
};

// Everything that load starts is there, and everything is compiled, before the first figure.
for (const name of names) await load(name, 32, 5 * requests);
for (const connections of [1, 32]) {
  const times = new Map<FunctionServerName, number[]>(names.map((name) => [name, []]));
  const measures = names.map((name): [string, Measure] => [
    name,
    async (count) => {
      const { perSecond, medianMilliseconds } = await load(name, connections, count);
      times.get(name)?.push(medianMilliseconds);
      return perSecond;
    },
  ]);
  const results = await compare(Object.fromEntries(measures), options);
  console.log(table(`Calls at ${label(connections)}`, "a second", 0, results));
  // Rounds to warm up come first.
  const medians = names.map(
    (name) => `${name} ${median(times.get(name)?.slice(-rounds) ?? []).toFixed(3)} ms`,
  );
  console.log(`Half of the calls took no longer than: ${medians.join(", ")}.\n`);
  const ratioOf = (name: FunctionServerName): number => results[names.indexOf(name)]?.ratio ?? Number.NaN;
  const ratios = names.map(
    (name) => `${(ratioOf("emulator, 4 processes") / ratioOf(name)).toFixed(2)} × ${name}`,
  );
  console.log(`The emulator's rate is ${ratios.join(", ")}.\n`);
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
