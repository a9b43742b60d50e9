import { PassThrough } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { InstanceLog } from "./call-log.ts";

it("waits for a log whose length is known as long as more of it comes", async () => {
  const output = new PassThrough();
  const log = new InstanceLog(output);
  const lines = log.begin();
  const settled = log.settle(40).then(() => lines.toString());
  // Together this takes longer than the log is waited for when nothing comes.
  for (let piece = 0; piece < 4; piece += 1) {
    await setTimeout(100);
    output.write("123456789\n");
  }
  expect(await settled).toBe("123456789\n".repeat(4));
});

it("waits no longer when nothing comes", async () => {
  const log = new InstanceLog(new PassThrough());
  const lines = log.begin();
  await log.settle(10);
  expect(lines.toString()).toBe("");
});
