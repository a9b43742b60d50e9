import { afterEach, beforeEach, expect, it } from "vitest";
import { RunningFunctions } from "./running-functions.ts";

let functions: RunningFunctions;
beforeEach(async () => {
  functions = await RunningFunctions.start();
});
afterEach(() => functions.emulator.close());

it("what a function prints can be followed while its call runs", async () => {
  const function_urn = await functions.create(
    "slow",
    `exports.handler = async () => {
      console.log("at first");
      await new Promise((go) => setTimeout(go, 2000));
      console.log("at last");
    };`,
  );
  const leave = new AbortController();
  const followed = await fetch(`${functions.emulator.url}/_emulator/logs?function=slow&follow=true`, {
    headers: { "X-Emulator-Control": "test" },
    signal: leave.signal,
  });
  let text = "";
  let textAtEnd = "";
  const reading = (async () => {
    for await (const piece of followed.body ?? []) text += Buffer.from(piece).toString();
  })().catch(() => undefined);
  const call = functions.call(function_urn).then(() => {
    textAtEnd = text;
  });
  await expect.poll(() => text, { timeout: 5000 }).toMatch(/Start invoke request .*\n.*at first\n$/);
  expect(textAtEnd).toBe("");
  await call;
  await expect.poll(() => text).toMatch(/at first\n.*at last\n[\s\S]*Finish invoke request/);
  expect(text.match(/at first/g)).toHaveLength(1);
  leave.abort();
  await reading;
});
