import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Watches what importing the modules named in the arguments does to the process, and prints it. */
const watcher = `
import dgram from "node:dgram";
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import timers from "node:timers";
const { setImmediate: settle } = globalThis;
const effects = [];
const watch = (object, ...names) => {
  for (const name of names) {
    const { [name]: original } = object;
    object[name] = function (...args) {
      effects.push("called " + name);
      return original.apply(this, args);
    };
  }
};
watch(globalThis, "setTimeout", "setInterval", "setImmediate", "fetch");
watch(timers, "setTimeout", "setInterval", "setImmediate");
watch(net.Socket.prototype, "connect");
watch(net.Server.prototype, "listen");
watch(dns, "lookup");
watch(dns.promises, "lookup");
watch(dgram.Socket.prototype, "bind", "send");
syncBuiltinESMExports();

const state = () => ({
  globals: Reflect.ownKeys(globalThis).map(String),
  listeners: process.eventNames().map((name) => String(name) + " " + process.listenerCount(name)),
  resources: process.getActiveResourcesInfo(),
  prototypes: [Object, Array, Function, Promise, Error, Response, Request, Headers]
    .flatMap(({ name, prototype }) => Reflect.ownKeys(prototype).map((key) => name + "." + String(key))),
  environment: Object.keys(process.env),
});
// Node loads some of its own parts when they are first asked for: by the first look, and by the first import of a file.
state();
await import("./nothing.js");
await new Promise(settle);
const before = state();
for (const specifier of process.argv.slice(1)) await import(specifier);
await new Promise(settle);
const after = state();
for (const [kind, values] of Object.entries(after)) {
  const rest = [...before[kind]];
  for (const value of values) {
    const at = rest.indexOf(value);
    if (at < 0) effects.push("added to " + kind + ": " + value);
    else rest.splice(at, 1);
  }
  for (const value of rest) effects.push("taken from " + kind + ": " + value);
}
process.stdout.write(JSON.stringify(effects), () => process.exit());
`;

/** What importing modules does beyond defining what they export: nothing, if all is well. */
export function importEffects(specifiers: readonly string[], folder: string): string[] {
  writeFileSync(join(folder, "nothing.js"), "");
  const args = ["--input-type=module", "--eval", watcher, ...specifiers];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
