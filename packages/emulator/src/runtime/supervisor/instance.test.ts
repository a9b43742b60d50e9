import { PassThrough } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { callOf, exampleSpec } from "../../../test/support/try-function.ts";
import type { Adapter, Worker, Workplace } from "../contract.ts";
import { Instance } from "./instance.ts";

it("ends a call in time whose log is still being read when its time is over", async () => {
  const output = new PassThrough();
  const place: Workplace = {
    id: "0",
    folder: "",
    codeFolder: "",
    temporaryFolder: "",
    seen: { code: "", temporary: "", root: "" },
  };
  const worker: Worker = {
    place,
    pid: process.pid,
    output,
    initialize: async () => undefined,
    // Answers at once, but what it has printed takes four times as long to come as the call may.
    call: async () => ({
      code: 0,
      payload: Buffer.from("done"),
      settled: setTimeout(400).then(() => 0),
      reusable: true,
    }),
    preStop: async () => undefined,
    kill: () => undefined,
    watch: () => undefined,
    exited: new Promise(() => undefined),
  };
  const adapter: Adapter = {
    name: "one",
    serves: () => true,
    check: async () => ({ available: true, program: "", version: "" }),
    start: async () => worker,
    close: async () => undefined,
  };
  const instance = new Instance(
    { ...exampleSpec, timeout: 0.1 },
    () => undefined,
    () => undefined,
  );
  await instance.start(adapter);
  const { result, duration } = await instance.run(callOf({}), "Start");
  expect(result.code).toBe(0);
  expect(duration).toBeLessThan(400);
});
