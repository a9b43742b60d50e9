import { afterEach, beforeEach, expect, it } from "vitest";
import { RunningFunctions } from "./running-functions.ts";

let functions: RunningFunctions;
beforeEach(async () => {
  functions = await RunningFunctions.start();
});
afterEach(() => functions.emulator.close());

const slow = "exports.handler = async () => { await new Promise((go) => setTimeout(go, 25_000)); };";

async function health(): Promise<Record<string, unknown>> {
  const { instances, queued } = await (await fetch(`${functions.emulator.url}/_emulator/health`)).json();
  return { instances, queued };
}

it("a function that is deleted leaves no instance", async () => {
  const function_urn = await functions.create("short", "exports.handler = async () => 'ran';");
  await functions.fg.invokeFunction({ path: { function_urn }, body: {} });
  expect(await health()).toMatchObject({ instances: { IDLE: 1 } });
  await functions.fg.deleteFunction({ path: { function_urn } });
  await expect.poll(health).toEqual({ instances: {}, queued: 0 });
});

it("the asynchronous calls of a function that is deleted end with it", async () => {
  const function_urn = await functions.create("slow", slow);
  await functions.fg.asyncInvokeFunction({ path: { function_urn }, body: {} });
  await expect.poll(health, { timeout: 5000 }).toEqual({ instances: { BUSY: 1 }, queued: 1 });
  await functions.fg.deleteFunction({ path: { function_urn } });
  await expect.poll(health).toEqual({ instances: {}, queued: 0 });
});

it("a version that is deleted leaves no instance, and others stay", async () => {
  const function_urn = await functions.create("versions", "exports.handler = async () => 'ran';");
  await functions.fg.createFunctionVersion({ path: { function_urn }, body: { version: "v1" } });
  for (const urn of [function_urn, `${function_urn}:v1`])
    await functions.fg.invokeFunction({ path: { function_urn: urn }, body: {} });
  expect(await health()).toMatchObject({ instances: { IDLE: 2 } });
  await functions.fg.deleteFunction({ path: { function_urn: `${function_urn}:v1` } });
  await expect.poll(health).toMatchObject({ instances: { IDLE: 1 } });
});
