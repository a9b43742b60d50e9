import { PassThrough } from "node:stream";
import { setImmediate, setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { InstanceLog } from "./instance-log.ts";

it("waits for a log whose length is known as long as more of it comes", async () => {
  const output = new PassThrough();
  const log = new InstanceLog(output, () => undefined);
  const lines = log.begin("Start");
  const settled = log.settle(40).then(() => lines.toString());
  // Together this takes longer than the log is waited for when nothing comes.
  for (let piece = 0; piece < 4; piece += 1) {
    await setTimeout(100);
    output.write("123456789\n");
  }
  expect(await settled).toBe("123456789\n".repeat(4));
});

it("waits no longer when nothing comes", async () => {
  const log = new InstanceLog(new PassThrough(), () => undefined);
  const lines = log.begin("Start");
  await log.settle(10);
  expect(lines.toString()).toBe("");
});

describe("what an instance prints", () => {
  it("is shown in whole lines while its call runs, and the rest at its end", async () => {
    const { output, log, shown } = watchedLog();
    const lines = log.begin("Start");
    output.write("one\ntw");
    await expect.poll(() => shown).toEqual(["Start\none\n"]);
    output.write("o\nthree\nfo");
    await expect.poll(() => shown).toEqual(["Start\none\n", "two\nthree\n"]);
    log.end(lines);
    expect([lines.isShown, lines.rest(), lines.toString()]).toEqual([true, "fo\n", "one\ntwo\nthree\nfo\n"]);
  });

  it("before its first call is that call's", async () => {
    const { output, log, shown } = watchedLog();
    log.started();
    output.write("loaded\n");
    await setTimeout(300);
    const lines = log.begin("Start");
    expect([lines.toString(), shown]).toEqual(["loaded\n", []]);
  });

  it("after a call is shown by itself, and is in the next one's log only if that comes at once", async () => {
    const { output, log, shown } = watchedLog();
    log.started();
    log.end(log.begin("Start"));
    output.write("late\n");
    await expect.poll(() => shown).toEqual(["late\n"]);
    expect(log.begin("Start").toString()).toBe("");
  });

  it("when it ends is shown, too", async () => {
    const { output, log, shown } = watchedLog();
    log.started();
    log.end(log.begin("Start"));
    output.end("the last words");
    output.destroy();
    await expect.poll(() => shown).toEqual(["the last words\n"]);
  });
});

it.each([
  { name: "before", come: ["one\ntwo\n"], late: [] },
  { name: "after", come: [], late: ["one\ntwo\n"] },
  { name: "around", come: ["on"], late: ["e\nt", "wo\n"] },
])(
  "deals out by their number the bytes that come $name the next call's beginning",
  async ({ come, late }) => {
    const { output, log } = watchedLog();
    const first = log.begin("Start");
    for (const text of come) output.write(text);
    await setImmediate();
    const second = log.begin("Start", 4);
    for (const text of late) output.write(text);
    await log.settle(8);
    expect([first.toString(), second.toString()]).toEqual(["one\n", "two\n"]);
  },
);

function watchedLog(): { output: PassThrough; log: InstanceLog; shown: string[] } {
  const output = new PassThrough();
  const shown: string[] = [];
  return { output, log: new InstanceLog(output, (text) => shown.push(text)), shown };
}
