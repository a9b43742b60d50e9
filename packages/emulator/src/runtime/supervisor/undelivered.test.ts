import { PassThrough } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { adapterOf, nowhere } from "../../../test/support/fake-workers.ts";
import { callOf, exampleSpec } from "../../../test/support/try-function.ts";
import { ControlledClock } from "../../core/controlled-clock.ts";
import type { FunctionRunner } from "../../core/invocation/contract.ts";
import { type ProcessEnd, UndeliveredCall, type Worker } from "../contract.ts";
import { createSupervisor } from "./create-supervisor.ts";

let supervisor: FunctionRunner;
/** Instances that die before they read their first call, and those that have been started. */
let mortal: number;
let started: number;
beforeEach(() => {
  started = 0;
  supervisor = createSupervisor({
    adapters: [
      adapterOf(async () => {
        started += 1;
        return workerOf(started);
      }),
    ],
    sandbox: {
      level: "process",
      description: "",
      launch: () => Promise.reject(new Error("Nothing is launched here.")),
      close: async () => undefined,
    },
    removePlace: async () => undefined,
    clock: new ControlledClock(),
    maxInstances: 10,
    idleSeconds: 60,
    queueSeconds: 10,
    printed: () => undefined,
  });
});
afterEach(() => supervisor.close(0));

/** A process that prints its number in its initializer, which takes 50 ms. */
function workerOf(number: number): Worker {
  const output = new PassThrough();
  let exit: (end: ProcessEnd) => void = () => undefined;
  const exited = new Promise<ProcessEnd>((resolve) => {
    exit = resolve;
  });
  return {
    place: nowhere,
    pid: process.pid,
    output,
    initialize: async () => {
      output.write(`instance ${number}\n`);
      await setTimeout(50);
    },
    call: async () => {
      if (number > mortal) return { code: 0, payload: Buffer.from("ran"), reusable: true };
      throw new UndeliveredCall();
    },
    preStop: async () => undefined,
    kill: () => {
      output.destroy();
      exit({ code: null, signal: "SIGKILL", outOfMemory: false });
    },
    watch: () => undefined,
    exited,
  };
}

describe("instances that die before they have read their first call", () => {
  it.each([
    { mortal: 2, code: 0 },
    { mortal: 3, code: 4204 },
  ])(
    "leave what they printed in the call's log, and are billed with it: $mortal of 3",
    async ({ mortal: some, code }) => {
      mortal = some;
      const initializer = { handler: "index.init", timeout: 10 };
      const outcome = await supervisor.run({ ...exampleSpec, initializer }, callOf({}));
      expect(outcome.code).toBe(code);
      expect(outcome.log.split("\n").slice(1, -2)).toEqual(["instance 1", "instance 2", "instance 3"]);
      // Timers may be early by a millisecond.
      expect(outcome.billed).toBeGreaterThanOrEqual(147);
    },
  );
});
