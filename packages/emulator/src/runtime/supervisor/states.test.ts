import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningFunctions, runFunctions } from "../../../test/support/running-functions.ts";

let functions: RunningFunctions;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fg-states-"));
});
afterEach(async () => {
  await functions.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What health says of instances: how many there are in each state. */
const states = async (): Promise<unknown> => (await functions.runner.health()).instances;

/** A file that something waits for, so that a state lasts until the test goes on. */
const gate = (): { readonly path: string; open(): void } => {
  const path = join(folder, "open");
  return { path, open: () => writeFileSync(path, "") };
};

/** JavaScript that waits for a gate without keeping its process from anything else. */
const passing = (path: string): string =>
  `new Promise((go) => { const at = setInterval(() => require("fs").existsSync(${JSON.stringify(path)}) && go(clearInterval(at)), 5) })`;

describe("an instance of which health tells", () => {
  it("is STARTING while its process starts, and IDLE afterwards", async () => {
    functions = await runFunctions();
    // What takes time in health itself is known from here on.
    expect(await states()).toEqual({});
    const running = functions.call(await functions.add("exports.handler = async () => 1"));
    await expect.poll(states, { interval: 1 }).toEqual({ STARTING: 1 });
    expect((await running).code).toBe(0);
    expect(await states()).toEqual({ IDLE: 1 });
  });

  it("is in INIT while its initializer runs, and BUSY while a call does", async () => {
    functions = await runFunctions();
    const { path, open } = gate();
    const spec = await functions.add(
      `exports.init = (context, done) => { ${passing(path)}.then(() => done()) };
      exports.handler = async () => { require("fs").unlinkSync(${JSON.stringify(path)}); await ${passing(path)} }`,
      { initializer: { handler: "index.init", timeout: 10 } },
    );
    const running = functions.call(spec);
    await expect.poll(states).toEqual({ INIT: 1 });
    open();
    await expect.poll(states).toEqual({ BUSY: 1 });
    open();
    expect((await running).code).toBe(0);
    expect(await states()).toEqual({ IDLE: 1 });
  });

  it("is DRAINING while a call runs on it whose version was replaced, and is gone with the call's end", async () => {
    functions = await runFunctions();
    const { path, open } = gate();
    const old = await functions.add(`exports.handler = async () => { await ${passing(path)}; return "old" }`);
    const fresh = await functions.add("exports.handler = async () => 'new'", { urn: old.urn, revision: 2 });
    const running = functions.call(old);
    await expect.poll(states).toEqual({ BUSY: 1 });
    expect((await functions.call(fresh)).text).toBe("new");
    expect(await states()).toEqual({ DRAINING: 1, IDLE: 1 });
    open();
    expect((await running).text).toBe("old");
    await expect.poll(states).toEqual({ IDLE: 1 });
  });

  it("is DRAINING while its pre-stop method runs, and is gone afterwards", async () => {
    functions = await runFunctions();
    const { path, open } = gate();
    const spec = await functions.add(
      `exports.stop = (context, done) => { ${passing(path)}.then(() => done()) }; exports.handler = async () => 1`,
      { preStop: { handler: "index.stop", timeout: 10 } },
    );
    await functions.call(spec);
    functions.runner.prune(() => true);
    await expect.poll(states).toEqual({ DRAINING: 1 });
    open();
    await expect.poll(states).toEqual({});
  });
});
