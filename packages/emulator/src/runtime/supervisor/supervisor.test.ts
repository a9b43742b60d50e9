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

  it("that end as soon as they have answered get no call that they do not read", async () => {
    functions = await runFunctions();
    const spec = await functions.add(
      "exports.handler = async () => { setImmediate(() => process.exit()); return 'ran' }",
    );
    for (let call = 1; call <= 10; call += 1) expect((await functions.call(spec)).text).toBe("ran");
  });

  it("that die before every call fail it in the end", async () => {
    functions = await runFunctions();
    const spec = await functions.add("setImmediate(() => process.exit()); exports.handler = async () => 1");
    expect((await functions.call(spec)).code).toBe(4204);
  });

  it("may take longer to start than calls wait for others", async () => {
    functions = await runFunctions({ queueSeconds: 0.2 });
    const spec = await functions.add(
      "exports.init = (context, callback) => setTimeout(callback, 1000); exports.handler = async () => 'ran'",
      { initializer: { handler: "index.init", timeout: 30 } },
    );
    const [first, second] = [await functions.call(spec), await functions.call(spec)];
    expect([first.text, second.text]).toEqual(["ran", "ran"]);
    // The initializer is billed with the call that it ran for, and is no part of its duration.
    expect([first.billed >= 1000, first.duration < 1000, second.billed < 1000]).toEqual([true, true, true]);
  });

  it("that are told to run their pre-stop method leave their place to others", async () => {
    functions = await runFunctions();
    const spec = await functions.add(
      `exports.end = (context, callback) => setTimeout(callback, 5000); ${who}`,
      { maxInstances: 1, preStop: { handler: "index.end", timeout: 10 } },
    );
    const { text } = await functions.call(spec);
    functions.clock.advance(61_000);
    functions.clock.advance(61_000);
    const after = await functions.call(spec);
    expect([after.code, after.text === text]).toEqual([0, false]);
  });

  it("of all versions together are no more than the function may have", async () => {
    functions = await runFunctions();
    const one = { functionId: "one function", maxInstances: 1 };
    const [first, second] = [
      await functions.add(who, one),
      await functions.add(who, { ...one, version: "v1" }),
    ];
    const running = functions.call(first, { wait: 500 });
    await expect(functions.call(second)).rejects.toMatchObject({ code: "FSS.0429" });
    await running;
    expect(await functions.call(second)).toMatchObject({ code: 0 });
    expect(functions.runner.instances().map(({ spec }) => spec.version)).toEqual(["v1"]);
  });

  it("are as many as the function may have now, not when the first one started", async () => {
    functions = await runFunctions();
    const spec = await functions.add(who, { maxInstances: 1 });
    await functions.call(spec);
    const two = { ...spec, maxInstances: 2 };
    const calls = await Promise.all([1, 2].map(() => functions.call(two, { wait: 300 })));
    expect(calls.map(({ code }) => code)).toEqual([0, 0]);
    const running = functions.call(spec, { wait: 300 });
    const other = functions.call(spec, { wait: 300 });
    await expect(functions.call(spec)).rejects.toMatchObject({ code: "FSS.0429" });
    await Promise.all([running, other]);
  });

  it("of versions that are gone end: idle ones at once, others after their call", async () => {
    functions = await runFunctions();
    const [idle, busy] = [await functions.add(who), await functions.add(who)];
    const { text } = await functions.call(idle);
    const running = functions.call(busy, { wait: 300 });
    await expect.poll(() => functions.runner.instances().some(({ busy }) => busy > 0)).toBe(true);
    functions.runner.prune(() => true);
    await expect.poll(() => isThere(text)).toBe(false);
    const { code, text: last } = await running;
    expect(code).toBe(0);
    await expect.poll(() => isThere(last)).toBe(false);
  });

  it("that fail to start fail all calls that they were started for", async () => {
    functions = await runFunctions();
    const spec = await functions.add("console.log('process', process.pid); throw new Error('no')", {
      concurrency: 4,
    });
    const calls = await Promise.all([1, 2, 3, 4].map(() => functions.call(spec)));
    expect(calls.map(({ code }) => code)).toEqual([4002, 4002, 4002, 4002]);
    expect(new Set(calls.map(({ log }) => /process \d+/.exec(log)?.[0])).size).toBe(1);
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

describe("what functions print", () => {
  it("is given out while their calls run, and what comes outside of calls by itself", async () => {
    functions = await runFunctions();
    const spec = await functions.add(
      `exports.end = () => console.log("at the end");
      exports.handler = async () => {
        console.log("at first");
        await new Promise((go) => setTimeout(go, 600));
        console.log("at last");
        setTimeout(() => console.log("later"), 50);
      };`,
      { preStop: { handler: "index.end", timeout: 10 } },
    );
    const running = functions.call(spec);
    await expect.poll(() => functions.printed.join("")).toMatch(/Start invoke request .*\nat first\n$/);
    const { log, unshown } = await running;
    expect(log).toMatch(/^\S+ Start .*\nat first\nat last\n\n\S+ Finish .*$/);
    expect(unshown).toMatch(/^at last\n\n\S+ Finish .*$/);
    await expect.poll(() => functions.printed.at(-1)).toBe("later\n");
    await functions.runner.close(5000);
    expect(functions.printed.at(-1)).toBe("at the end\n");
  });
});

describe("reserved instances", () => {
  it("come when there is room for them", async () => {
    functions = await runFunctions({ maxInstances: 2 });
    const [first, second, third] = [
      await functions.add(who),
      await functions.add(who),
      await functions.add(who),
    ];
    functions.runner.reserve(first, 1);
    const running = functions.call(third, { wait: 500 });
    await expect.poll(() => functions.runner.instances().length).toBe(2);
    functions.runner.reserve(second, 1);
    await running;
    await expect
      .poll(() => functions.runner.instances().find(({ spec }) => spec.key === second.key)?.reserved)
      .toBe(1);
  });

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
