import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type RunningFunctions, runFunctions } from "../../../test/support/running-functions.ts";

let functions: RunningFunctions;
afterEach(() => functions.close());

const who =
  "exports.handler = async ({ wait = 0 }) => { await new Promise((go) => setTimeout(go, wait)); return process.pid }";

function isThere(pid: string): boolean {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}

/** Kills a process and waits, without letting the event loop turn, until it is dead: nobody can have heard of it. */
async function killed(pid: string): Promise<void> {
  // Long enough for its instance to count as idle.
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.kill(Number(pid), "SIGKILL");
  while (!/^\d+ \(.*\) [ZX]/.test(statOf(pid))) {}
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return `${pid} (gone) X`;
  }
}

describe("instances", () => {
  it("are as many as calls at once, and one for calls one after the other", async () => {
    functions = await runFunctions();
    const spec = await functions.add(who);
    const together = await Promise.all([1, 2, 3].map(() => functions.call(spec, { wait: 800 })));
    expect(new Set(together.map(({ text }) => text)).size).toBe(3);
    const later = [await functions.call(spec), await functions.call(spec)].map(({ text }) => text);
    expect(new Set(later).size).toBe(1);
  });

  it("are no more than the function may have: a call beyond is refused", async () => {
    functions = await runFunctions();
    const spec = await functions.add(who, { maxInstances: 1 });
    await functions.call(spec);
    const running = functions.call(spec, { wait: 200 });
    await expect(functions.call(spec)).rejects.toMatchObject({ code: "FSS.0429" });
    expect(await running).toMatchObject({ code: 0 });
    expect(await functions.call(spec)).toMatchObject({ code: 0 });
  });

  it("are no more than the emulator may have: a call beyond waits for one", async () => {
    functions = await runFunctions({ maxInstances: 2 });
    const spec = await functions.add(who);
    const calls = await Promise.all([1, 2, 3, 4, 5].map(() => functions.call(spec, { wait: 20 })));
    expect(calls.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
    expect(new Set(calls.map(({ text }) => text)).size).toBeLessThanOrEqual(2);
  });

  it("that are idle make room for another function's", async () => {
    functions = await runFunctions({ maxInstances: 1 });
    const [first, second] = [await functions.add(who), await functions.add(who)];
    await functions.call(first);
    expect(await functions.call(second)).toMatchObject({ code: 0, cold: true });
  });

  it("are shared by functions that all have more calls than there is room for", async () => {
    functions = await runFunctions({ maxInstances: 2, queueSeconds: 20 });
    const specs = await Promise.all([1, 2, 3, 4].map(() => functions.add(who)));
    const calls = specs.flatMap((spec) => Array.from({ length: 8 }, () => functions.call(spec, { wait: 5 })));
    expect((await Promise.all(calls)).map(({ code }) => code)).toEqual(calls.map(() => 0));
  });

  it("refuse a call that has waited too long", async () => {
    functions = await runFunctions({ maxInstances: 1, queueSeconds: 1 });
    const spec = await functions.add(who);
    await functions.call(spec);
    const running = functions.call(spec, { wait: 1500 });
    await expect(functions.call(spec)).rejects.toMatchObject({ code: "FSS.0429" });
    await running;
  });

  it("end when nobody has called them for a minute of the emulator's clock", async () => {
    functions = await runFunctions();
    const spec = await functions.add(who);
    const { text } = await functions.call(spec);
    functions.clock.advance(61_000);
    functions.clock.advance(61_000);
    await expect.poll(() => functions.runner.instances()).toEqual([]);
    await expect.poll(() => isThere(text)).toBe(false);
  });

  it("of a version that has changed run their calls to the end, and the next call runs what is new", async () => {
    functions = await runFunctions();
    const old = await functions.add(
      "exports.handler = async () => { await new Promise((go) => setTimeout(go, 150)); return 'old' }",
    );
    const fresh = await functions.add("exports.handler = async () => 'new'", { urn: old.urn, revision: 2 });
    await functions.call(old);
    const running = functions.call(old);
    expect((await functions.call(fresh)).text).toBe("new");
    expect((await running).text).toBe("old");
    await expect.poll(() => functions.runner.instances().map(({ spec }) => spec.revision)).toEqual([2]);
  });

  it("that died while idle are noticed before they get a call", async () => {
    functions = await runFunctions();
    const spec = await functions.add(who);
    const { text } = await functions.call(spec);
    await killed(text);
    const after = await functions.call(spec);
    expect([after.code, after.text === text]).toEqual([0, false]);
  });

  it("are known to the end, also one that starts while another of its function is being killed", async () => {
    functions = await runFunctions();
    const spec = await functions.add(who);
    const controller = new AbortController();
    await functions.call(spec);
    const killed = functions.call(spec, { wait: 60_000 }, controller.signal);
    controller.abort();
    // Before the end of the killed process is known.
    const next = functions.call(spec);
    expect([(await killed).code, (await next).code]).toEqual([4208, 0]);
    expect(functions.runner.instances()).toMatchObject([{ onDemand: 1 }]);
    expect((await functions.call(spec)).text).toBe((await next).text);
  });

  it("leave nothing behind in their places", async () => {
    functions = await runFunctions();
    const spec = await functions.add(
      "exports.handler = async () => { require('fs').writeFileSync(process.env.TMPDIR + '/x', 'y'); return process.env.TMPDIR }",
    );
    const { text } = await functions.call(spec);
    functions.runner.release();
    await expect.poll(() => readdirSync(join(text, "../.."))).toEqual([]);
  });
});

describe("reserved instances", () => {
  it("are there before any call, stay when idle, and come back when they die", async () => {
    functions = await runFunctions();
    const spec = await functions.add(who);
    functions.runner.reserve(spec, 2);
    const counts = (): unknown =>
      functions.runner.instances().map(({ reserved, onDemand }) => [reserved, onDemand]);
    const idle = async (): Promise<unknown> => (await functions.runner.health()).instances;
    await expect.poll(idle).toEqual({ IDLE: 2 });
    expect(counts()).toEqual([[2, 0]]);
    const { text, cold } = await functions.call(spec);
    expect(cold).toBe(false);
    functions.clock.advance(61_000);
    functions.clock.advance(61_000);
    await killed(text);
    expect((await functions.call(spec)).text).not.toBe(text);
    await expect.poll(idle).toEqual({ IDLE: 2 });
    functions.runner.reserve(spec, 0);
    functions.clock.advance(61_000);
    functions.clock.advance(61_000);
    await expect.poll(() => functions.runner.instances()).toEqual([]);
  });
});

it("refuses calls once it is being closed, and ends those under way", async () => {
  functions = await runFunctions();
  const spec = await functions.add(who);
  await functions.call(spec);
  const running = functions.call(spec, { wait: 60_000 });
  const closed = functions.runner.close(50);
  await expect(functions.call(spec)).rejects.toMatchObject({ code: "FSS.0503" });
  expect(await running).toMatchObject({ code: 4204 });
  await closed;
});

it("refuses a runtime that nothing here can run", async () => {
  functions = await runFunctions();
  const spec = await functions.add("", { runtime: "Brainfuck1.0" });
  await expect(functions.call(spec)).rejects.toMatchObject({ code: "FSS.0503" });
});
