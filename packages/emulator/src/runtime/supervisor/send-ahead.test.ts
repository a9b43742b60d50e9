import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningFunctions, runFunctions } from "../../../test/support/running-functions.ts";
import type { FunctionSpec } from "../contract.ts";

/** Does what the event says, notes in a file that it began, and fails when another call is under way. For "who" it gives a number of its own. */
const source = `
const { appendFileSync } = require("node:fs");
const who = Math.random();
let running = 0;
exports.handler = async ({ n, file, wait = 0, block = 0, print, end }) => {
  if (running++ > 0) throw new Error("calls overlap");
  if (file) appendFileSync(file, n + "\\n");
  if (print) console.log("line of " + n);
  if (wait) await new Promise((go) => setTimeout(go, wait));
  for (const start = Date.now(); Date.now() - start < block; ) {}
  if (end === "exit") process.exit(1);
  if (end === "later") setImmediate(() => process.exit(1));
  running -= 1;
  return n === "who" ? who : n;
};`;

let functions: RunningFunctions;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fg-ahead-test-"));
});
afterEach(async () => {
  await functions.close();
  rmSync(folder, { recursive: true });
});

/** A function all of whose instances have had short calls only. */
async function quickFunction(instances: number, settings?: Partial<FunctionSpec>): Promise<FunctionSpec> {
  functions = await runFunctions({ maxInstances: instances, queueSeconds: 20 });
  const spec = await functions.add(source, settings);
  await Promise.all(Array.from({ length: instances }, () => functions.call(spec, { wait: 200 })));
  for (let round = 0; round < 20; round += 1)
    await Promise.all(Array.from({ length: instances }, () => functions.call(spec)));
  return spec;
}

describe("calls that come while instances are busy", () => {
  it("run one after the other, each with its own result and log", async () => {
    const spec = await quickFunction(2);
    const events = Array.from({ length: 100 }, (_, n) => ({ n, print: true }));
    const ends = await Promise.all(events.map((event) => functions.call(spec, event)));
    expect(ends.map(({ value }) => value)).toEqual(events.map(({ n }) => n));
    const printed = ends.map(({ log }) => log.split("\n").filter((line) => line.startsWith("line of")));
    expect(printed).toEqual(events.map(({ n }) => [`line of ${n}`]));
  });

  it("run elsewhere when the process ends before they have begun, and none runs twice", async () => {
    const spec = await quickFunction(1);
    const file = join(folder, "begun");
    for (const end of ["exit", "later"]) {
      const events = [{ n: 0, file, end }, ...[1, 2, 3, 4, 5].map((n) => ({ n, file }))];
      const ends = await Promise.all(events.map((event) => functions.call(spec, event)));
      const begun = readFileSync(file, "utf8").trim().split("\n");
      expect(new Set(begun).size).toBe(begun.length);
      expect(ends.filter(({ code }) => code !== 0).length).toBeLessThanOrEqual(1);
      expect(ends.slice(2).map(({ value }) => value)).toEqual([2, 3, 4, 5]);
      rmSync(file);
      for (let round = 0; round < 20; round += 1) await functions.call(spec);
    }
  });

  it("are not kept waiting behind one that lasts while another instance is free", async () => {
    const spec = await quickFunction(2);
    const order: string[] = [];
    const long = functions.call(spec, { n: "long", wait: 1000 }).then(() => order.push("long"));
    const short = Array.from({ length: 12 }, (_, n) =>
      functions.call(spec, { n }).then(() => order.push("short")),
    );
    await Promise.all([long, ...short]);
    expect(order.indexOf("long")).toBe(12);
  });

  it("do not wake another instance when the one that is awake has time sooner", async () => {
    const spec = await quickFunction(2);
    const whoRuns = async (): Promise<number> => {
      const events = Array.from({ length: 3 }, () => functions.call(spec, { n: "who" }));
      return new Set((await Promise.all(events)).map(({ value }) => value)).size;
    };
    // Calls may have taken longer for a while, on a busy machine.
    await expect.poll(whoRuns, { timeout: 10_000, interval: 1 }).toBe(1);
  });

  it("have their whole time to run from when they begin", async () => {
    const spec = await quickFunction(1, { timeout: 1 });
    const events = [1, 2, 3].map((n) => ({ n, block: 600 }));
    const ends = await Promise.all(events.map((event) => functions.call(spec, event)));
    expect(ends.map(({ value }) => value)).toEqual([1, 2, 3]);
    for (const { duration } of ends) expect(duration).toBeGreaterThan(550);
  });

  it("run after one whose time is over has been ended", async () => {
    const spec = await quickFunction(1, { timeout: 1 });
    const events = [{ n: 0, block: 5000 }, ...[1, 2, 3].map((n) => ({ n }))];
    const ends = await Promise.all(events.map((event) => functions.call(spec, event)));
    expect(ends.map(({ code }) => code)).toEqual([4010, 0, 0, 0]);
  });

  it("can be canceled without harm to others", async () => {
    const spec = await quickFunction(1);
    const canceled = new AbortController();
    const first = functions.call(spec, { n: 0, block: 300 });
    const second = functions.call(spec, { n: 1, block: 300 }, canceled.signal);
    const third = functions.call(spec, { n: 2 });
    canceled.abort();
    const ends = await Promise.all([first, second, third]);
    expect(ends.map(({ code }) => code)).toEqual([0, 4208, 0]);
  });
});
