import { PassThrough } from "node:stream";
import { setImmediate, setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { adapterOf, nowhere } from "../../../test/support/fake-workers.ts";
import { callOf, exampleSpec } from "../../../test/support/try-function.ts";
import {
  type FunctionSpec,
  type ProcessEnd,
  RuntimeFailure,
  type RuntimeResult,
  type Worker,
} from "../contract.ts";
import { Instance } from "./instance.ts";

it("ends a call in time whose log is still being read when its time is over", async () => {
  const output = new PassThrough();
  const worker: Worker = {
    place: nowhere,
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
  const instance = new Instance(
    { ...exampleSpec, timeout: 0.1 },
    () => undefined,
    () => undefined,
  );
  await instance.start(adapterOf(async () => worker));
  const { result, duration } = await instance.run(callOf({}), "Start");
  expect(result.code).toBe(0);
  expect(duration).toBeLessThan(400);
});

/** A promise that a test settles. */
class Held<T> {
  // `!`: the promise below sets both before the constructor returns.
  resolve!: (value: T) => void;
  reject!: (error: unknown) => void;
  readonly promise: Promise<T> = new Promise((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

/** An instance whose every step is the test's, with its states whenever it told of a change. */
function heldInstance(settings: Partial<FunctionSpec> = {}) {
  const steps = {
    started: new Held<void>(),
    initialized: new Held<undefined>(),
    called: new Held<RuntimeResult>(),
    stopped: new Held<undefined>(),
    exited: new Held<ProcessEnd>(),
  };
  const kills: number[] = [];
  const output = new PassThrough();
  const worker: Worker = {
    place: nowhere,
    pid: process.pid,
    output,
    initialize: () => steps.initialized.promise,
    call: () => steps.called.promise,
    preStop: () => steps.stopped.promise,
    kill: () => void kills.push(1),
    watch: () => undefined,
    exited: steps.exited.promise,
  };
  const told: string[] = [];
  const instance = new Instance(
    { ...exampleSpec, ...settings },
    ({ state }) => told.push(state),
    () => undefined,
  );
  const begun = (): Promise<void> =>
    instance.start(adapterOf(() => steps.started.promise.then(() => worker)));
  return { instance, steps, kills, told, begun };
}

const done: RuntimeResult = {
  code: 0,
  payload: Buffer.from("done"),
  settled: Promise.resolve(0),
  reusable: true,
};
const ended: ProcessEnd = { code: 0, signal: null, outOfMemory: false, diskFull: false, unhealthy: false };

/** Lets everything happen that is due now. */
const turn = (): Promise<void> => setImmediate();

describe("an instance", () => {
  it("is COLD, STARTING, in INIT, IDLE and BUSY, and IDLE again", async () => {
    const { instance, steps, told, begun } = heldInstance();
    expect(instance.state).toBe("COLD");
    const starting = begun();
    expect([instance.state, instance.isFree()]).toEqual(["STARTING", false]);
    steps.started.resolve();
    await turn();
    expect([instance.state, instance.isFree()]).toEqual(["INIT", false]);
    steps.initialized.resolve(undefined);
    await starting;
    expect([instance.state, instance.isFree()]).toEqual(["IDLE", true]);
    instance.load = 1;
    const running = instance.run(callOf({}), "Start");
    expect([instance.state, instance.isFree()]).toEqual(["BUSY", false]);
    steps.called.resolve(done);
    expect((await running).result.code).toBe(0);
    expect([instance.state, instance.isFree(), told]).toEqual(["IDLE", true, ["IDLE"]]);
  });

  it("is DRAINING until its call and then its pre-stop method have ended, and DEAD from then on", async () => {
    const preStop = { handler: "index.stop", timeout: 10 };
    const { instance, steps, kills, told, begun } = heldInstance({ preStop });
    steps.started.resolve();
    steps.initialized.resolve(undefined);
    await begun();
    instance.load = 1;
    const running = instance.run(callOf({}), "Start");
    instance.drain();
    expect([instance.state, instance.isFree()]).toEqual(["DRAINING", false]);
    steps.called.resolve(done);
    expect((await running).result.code).toBe(0);
    expect([instance.state, instance.isFree(), kills]).toEqual(["DRAINING", false, []]);
    steps.stopped.resolve(undefined);
    await turn();
    expect([instance.state, instance.isFree(), kills, told]).toEqual([
      "DEAD",
      false,
      [1],
      ["DRAINING", "DEAD"],
    ]);
    instance.drain();
    expect(instance.state).toBe("DEAD");
  });

  it("is DEAD at once when it is drained while idle and has no pre-stop method", async () => {
    const { instance, steps, kills, begun } = heldInstance();
    steps.started.resolve();
    steps.initialized.resolve(undefined);
    await begun();
    instance.drain();
    expect([instance.state, kills]).toEqual(["DEAD", [1]]);
  });

  it("is DEAD when its process has ended, whatever it did, and its call fails", async () => {
    const { instance, steps, told, begun } = heldInstance();
    steps.started.resolve();
    steps.initialized.resolve(undefined);
    await begun();
    instance.load = 1;
    const running = instance.run(callOf({}), "Start");
    steps.exited.resolve(ended);
    expect((await running).result.code).toBe(4204);
    expect([instance.state, instance.isFree(), told[0]]).toEqual(["DEAD", false, "DEAD"]);
  });

  it.each<[string, (steps: ReturnType<typeof heldInstance>["steps"]) => void, number]>([
    ["its process cannot be started", ({ started }) => started.reject(new Error("no")), 4201],
    [
      "its initializer fails",
      ({ started, initialized }) => {
        started.resolve();
        initialized.reject(new RuntimeFailure(4009, "no"));
      },
      4009,
    ],
  ])("is DEAD when %s", async (_, fail, code) => {
    const { instance, steps, told, begun } = heldInstance();
    const starting = begun();
    fail(steps);
    await expect(starting).rejects.toMatchObject({ code });
    expect([instance.state, instance.isFree(), told]).toEqual(["DEAD", false, ["DEAD"]]);
  });

  it("stays DEAD when it is killed while it starts, and the process that comes is ended", async () => {
    const { instance, steps, kills, begun } = heldInstance();
    const starting = begun();
    instance.kill();
    steps.started.resolve();
    await expect(starting).rejects.toMatchObject({ code: 4204 });
    expect([instance.state, kills]).toEqual(["DEAD", [1]]);
  });
});
