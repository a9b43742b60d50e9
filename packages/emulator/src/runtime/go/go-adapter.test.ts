import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildGo, type GoProgram, missingGo } from "../../../test/support/go-programs.ts";
import { gobExamples } from "../../../test/support/gob-examples.ts";
import {
  type AdapterBench,
  callOf,
  type PackageFiles,
  type TriedWorker,
  textOf,
  tryAdapter,
} from "../../../test/support/try-function.ts";
import { type FunctionSpec, RuntimeFailure } from "../contract.ts";
import { createGoAdapter } from "./go-adapter.ts";

const big = 6 * 1024 * 1024;
const settings = { runtime: "Go1.x", handler: "hello" };
/** What the program does in place of serving, code and message of the failure, and what the log says. */
const failingStarts: readonly (readonly [START: string, code: number, message: string, log: string])[] = [
  ["end", 4204, "runtime process is exited", "hello ended with code 2 before it listened"],
  ["never", 4201, "function initialization failed", "has not listened on $RUNTIME_API_ADDR within 1 s"],
  ["other", 4001, "function entry exception, error: rpc: can't find service Function.HealthCheck", ""],
  [
    "web",
    4001,
    'function entry exception, error: the program listens on RUNTIME_API_ADDR, but serves no Go RPC: it answered "HTTP/1.0 404 Not Found\\r"',
    "",
  ],
];
const title = missingGo === undefined ? "Go functions" : `Go functions (skipped: ${missingGo})`;

describe.skipIf(missingGo !== undefined)(title, () => {
  let program: GoProgram;
  let files: PackageFiles;
  beforeAll(async () => {
    program = await buildGo("rpc");
    files = { hello: program.bytes };
  }, 180_000);

  it("encode values as the examples have it", async () => {
    const { stdout } = await promisify(execFile)(program.path, ["gob"]);
    expect(stdout.trimEnd().split("\n")).toEqual(gobExamples.map(({ bytes }) => bytes));
  });

  describe.each(["process", "auto"] as const)("with the sandbox %s", (level) => {
    let bench: AdapterBench;
    /** One instance for all that does not end it. */
    let worker: TriedWorker;
    /** Under way from the beginning, for one of them takes a second. */
    let failing: ReadonlyMap<string, Promise<{ readonly failure: unknown; readonly printed: string }>>;
    beforeAll(async () => {
      bench = await tryAdapter(createGoAdapter, level);
      failing = new Map(failingStarts.map(([START]) => [START, failedStart(START)]));
      worker = await start({ userData: { COLOR: "blue" }, concurrency: 4 });
    });
    afterAll(() => bench?.close());

    async function start(more: Partial<FunctionSpec> = {}): Promise<TriedWorker> {
      const started = await bench.start(files, { ...settings, ...more });
      await started.initialize();
      return started;
    }

    async function failedStart(START: string): Promise<{ failure: unknown; printed: string }> {
      const failed = await bench.start(files, { ...settings, userData: { START }, timeout: 1 });
      const failure = await failed.initialize().catch((error: unknown) => error);
      return { failure, printed: failed.printed() };
    }

    it("answer call after call", async () => {
      for (const id of ["a", "b", "c"])
        expect(textOf(await worker.call(callOf({ id }, id)))).toEqual({ code: 0, payload: `{"id":"${id}"}` });
    });

    it("see their header, with keys where there is an agency", async () => {
      const { payload } = textOf(await worker.call(callOf({ act: "header" }, "id-1")));
      expect(JSON.parse(payload)).toEqual({
        "X-Cff-Request-Id": ["id-1"],
        "X-Cff-Invoke-Type": ["sync"],
      });
      const agent = await start({ hasAgency: true });
      const given = JSON.parse(textOf(await agent.call(callOf({ act: "header" }, "id-2"))).payload);
      expect(Object.keys(given).sort()).toEqual([
        "X-Cff-Access-Key",
        "X-Cff-Auth-Token",
        "X-Cff-Invoke-Type",
        "X-Cff-Request-Id",
        "X-Cff-Secret-Key",
        "X-Cff-Security-Access-Key",
        "X-Cff-Security-Secret-Key",
        "X-Cff-Security-Token",
      ]);
    });

    it("see folders and variables", async () => {
      const { payload } = textOf(await worker.call(callOf({ act: "environment" })));
      const { root } = worker.place.seen;
      expect(JSON.parse(payload)).toEqual([root, "blue", "400", "hello", "hello", "256", '{"COLOR":"blue"}']);
    });

    it.each<[string, number, unknown]>([
      ["error", 4002, { errorMessage: "no stock", errorType: "FunctionReturnError" }],
      [
        "panic",
        4002,
        {
          errorMessage: expect.stringContaining("index out of range"),
          errorType: "panic",
          stackTrace: expect.any(Array),
        },
      ],
      [
        "large",
        4004,
        {
          errorMessage: "Response body size '7' larger than max value '6'.",
          errorType: "FunctionResponseTooLarge",
        },
      ],
      ["bad", 4001, { errorMessage: "function entry exception, error: bad request parameters" }],
      ["text", 4002, { errorMessage: "function invocation exception, error: just text", errorType: "Error" }],
    ])("end a call with %s as %d", async (act, code, want) => {
      const ended = textOf(await worker.call(callOf({ act, size: 3 })));
      expect([ended.code, JSON.parse(ended.payload)]).toEqual([code, want]);
      // The next call finds the connection as it was.
      expect(textOf(await worker.call(callOf(1)))).toEqual({ code: 0, payload: "1" });
    });

    it("answer nothing to asynchronous calls, whose panics fail all the same", async () => {
      const ended = await worker.call({ ...callOf({ a: 1 }), type: "async" });
      expect(textOf(ended)).toEqual({ code: 0, payload: "" });
      const panicked = textOf(await worker.call({ ...callOf({ act: "panic" }), type: "async" }));
      expect([panicked.code, JSON.parse(panicked.payload)]).toMatchObject([4002, { errorType: "panic" }]);
    });

    it("get an object for an event that is empty", async () => {
      const ended = await worker.call({ ...callOf({}), event: new Uint8Array() });
      expect(textOf(ended)).toEqual({ code: 0, payload: "{}" });
    });

    it("have several calls at once", async () => {
      const waiting = ["a", "b"].map((name) => worker.call(callOf({ act: "wait", name }, name)));
      for (const name of ["b", "a"]) await worker.call(callOf({ act: "tell", name }, `tell ${name}`));
      expect((await Promise.all(waiting)).map(textOf)).toEqual([
        { code: 0, payload: "told" },
        { code: 0, payload: "told" },
      ]);
    });

    it("take and give 6 MB, and no more", async () => {
      const event = Buffer.from(JSON.stringify("é".repeat(big / 2 - 1)));
      const ended = await worker.call({ ...callOf({}), event });
      expect([ended.code, Buffer.from(ended.payload).equals(event)]).toEqual([0, true]);
      const { code, payload } = textOf(await worker.call(callOf({ act: "size", size: big + 1 })));
      expect([code, JSON.parse(payload)]).toMatchObject([4004, { errorType: "FunctionResponseTooLarge" }]);
    });

    it("count what they have printed", async () => {
      const { length } = worker.printed();
      const written = await (await worker.call(callOf({ act: "print" }))).settled;
      expect([worker.printed().slice(length), written]).toEqual(["to output\nto error\n", length + 19]);
    });

    it("are over when they end themselves", async () => {
      const leaving = await start();
      await expect(leaving.call(callOf({ act: "exit" }))).rejects.toMatchObject({ code: 4204 });
      expect(await leaving.exited).toMatchObject({ code: 3 });
    });

    it("have the memory limit broken when they get no more memory, however long their trace is", async () => {
      const greedy = await start();
      await expect(greedy.call(callOf({ act: "hog" }))).rejects.toMatchObject({ code: 4205 });
      expect(await greedy.exited).toMatchObject({ code: 2, outOfMemory: true });
      expect(greedy.printed()).toMatch(/^fatal error: (runtime: )?out of memory.*\n[\s\S]{2048}/m);
    });

    it("can be killed while they work", async () => {
      const sleeping = await start();
      const call = sleeping.call(callOf({ act: "sleep" }));
      call.catch(() => undefined);
      sleeping.kill();
      await sleeping.exited;
      await expect(call).rejects.toBeInstanceOf(RuntimeFailure);
    });

    it.each(failingStarts)("fail to start by '%s'", async (START, code, message, log) => {
      const { failure, printed } = (await failing.get(START)) ?? {};
      expect(failure).toBeInstanceOf(RuntimeFailure);
      expect(failure).toMatchObject({ code, message });
      expect(printed).toContain(log);
    });
  });
});
