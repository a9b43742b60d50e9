import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { AbortError, TimeoutError, ValidationError } from "../../src/index.ts";
import { manualClock } from "../support/manual-clock.ts";
import { withGateway } from "../support/with-gateway.ts";

/** Turns of the event loop until something is so. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}

test("a call that is not answered ends with its time", async () => {
  const clock = manualClock(Date.now());
  const { fg, gateway } = await withGateway([{ silent: true }], { clock });
  const call = fg.listFunctions({}, { timeout: 1500 }).catch((error: unknown) => error);
  await until(() => gateway.received.length === 1);
  await clock.advance(1500);
  expect(await call).toBeInstanceOf(TimeoutError);
  expect(await call).toMatchObject({
    message: "listFunctions: no answer within 1500 ms",
    operation: "listFunctions",
    timeout: 1500,
  });
  expect(clock.waiting).toEqual([]);
});

test("60 seconds are the time of a call, its retries and their pauses included", async () => {
  const clock = manualClock(Date.now());
  const { fg, gateway } = await withGateway(
    [{ status: 429, headers: { "retry-after": "59" }, body: "" }, { silent: true }],
    { clock },
  );
  const call = fg.listFunctions().catch((error: unknown) => error);
  await until(() => clock.waiting.includes(59_000));
  await clock.advance(59_000);
  await until(() => gateway.received.length === 2);
  await clock.advance(1000);
  expect(await call).toMatchObject({ name: "TimeoutError", timeout: 60_000 });
});

test("the time holds for a provider and for a transport that look at no signal", async () => {
  const clock = manualClock(Date.now());
  const never = (): Promise<never> => new Promise(() => {});
  for (const options of [{ credentials: never }, { fetch: never }]) {
    const { fg } = await withGateway([], { clock, ...options });
    const call = fg.listFunctions({}, { timeout: 10 }).catch((error: unknown) => error);
    await until(() => clock.waiting.includes(10));
    await clock.advance(10);
    expect(await call).toBeInstanceOf(TimeoutError);
  }
});

test("a signal ends a call under way, with its reason as the cause, and leaves nothing behind", async () => {
  const { fg, gateway } = await withGateway([{ silent: true }]);
  const controller = new AbortController();
  const call = fg
    .invokeFunction({ path: { function_urn: "a" }, body: {} }, { signal: controller.signal })
    .catch((error: unknown) => error);
  await until(() => gateway.received.length === 1);
  controller.abort("enough");
  expect(await call).toBeInstanceOf(AbortError);
  expect(await call).toMatchObject({ cause: "enough", operation: "invokeFunction" });
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
});

test("a signal that was aborted before sends nothing", async () => {
  const { fg, gateway } = await withGateway([{}]);
  await expect(fg.listFunctions({}, { signal: AbortSignal.abort() })).rejects.toThrow(AbortError);
  expect(gateway.received).toHaveLength(0);
});

test("a signal ends a pause between retries", async () => {
  const clock = manualClock(Date.now());
  const { fg } = await withGateway([{ status: 503, body: "" }], { clock });
  const controller = new AbortController();
  const call = fg.listFunctions({}, { signal: controller.signal }).catch((error: unknown) => error);
  await until(() => clock.waiting.length === 2);
  controller.abort();
  expect(await call).toBeInstanceOf(AbortError);
  expect(clock.waiting).toEqual([]);
});

test("a call's end leaves no timer and no listener", async () => {
  const clock = manualClock(Date.now());
  const { fg } = await withGateway([{}], { clock });
  const { signal } = new AbortController();
  await fg.listFunctions({}, { signal });
  expect(clock.waiting).toEqual([]);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("what cannot be right is refused before anything is sent", async () => {
  const { fg, gateway } = await withGateway([{}]);
  // @ts-expect-error a path parameter is missing
  await expect(fg.showFunctionConfig({})).rejects.toThrow("path.function_urn: it is missing");
  await expect(fg.showFunctionConfig({ path: { function_urn: "a/b" } })).rejects.toThrow(ValidationError);
  await expect(fg.showVersionAlias({ path: { function_urn: "a", alias_name: ".." } })).rejects.toThrow(
    "path.alias_name",
  );
  // @ts-expect-error the body is missing
  await expect(fg.createFunction({})).rejects.toThrow("body: it is missing");
  expect(gateway.received).toHaveLength(0);
});
