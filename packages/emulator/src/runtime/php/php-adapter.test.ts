import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AdapterBench, callOf, textOf, tryAdapter } from "../../../test/support/try-function.ts";
import { findProgram } from "../../sandbox/bubblewrap-trial.ts";
import { killQuietly } from "../../sandbox/marker.ts";
import { createPhpAdapter } from "./php-adapter.ts";

const installed = findProgram("php") !== undefined;

describe.each(installed ? (["process", "auto"] as const) : [])("a PHP function (%s)", (level) => {
  let bench: AdapterBench;
  beforeAll(async () => {
    bench = await tryAdapter((parts) => createPhpAdapter(parts), level);
  });
  afterAll(() => bench.close());

  const start = async (code: string, settings = {}) => {
    const worker = await bench.start({ "index.php": `<?php\n${code}` }, { runtime: "PHP8.3", ...settings });
    await worker.initialize();
    return worker;
  };

  it("gets the event as an object, and returns text, values or nothing", async () => {
    const worker = await start(
      "function handler($event, $context) { return json_decode($event->result) ?? $event->result; }",
    );
    const table = [
      ["plain", "plain"],
      ['{"a":{},"b":"ü/"}', '{"a":{},"b":"ü/"}'],
      ["17", "17"],
      ["true", "true"],
    ] as const;
    for (const [result, payload] of table)
      expect(textOf(await worker.call(callOf({ result })))).toEqual({ code: 0, payload });
    const nothing = await start("function handler($event, $context) {}");
    expect(textOf(await nothing.call(callOf({})))).toEqual({ code: 0, payload: "" });
  });

  it("has what it buffers in the log of the call that has printed it", async () => {
    const worker = await start(
      `function handler($event, $context) {
        if ($event->end) { while (ob_get_level() > 0) ob_end_clean(); echo "plain $event->id,"; return; }
        ob_start(); ob_start(); echo "call $event->id,";
      }`,
    );
    for (const [id, end] of [
      [1, false],
      [2, false],
      [3, true],
      [4, true],
      [5, false],
    ])
      await worker.call(callOf({ id, end }));
    const { written } = await worker.call(callOf({ id: 6, end: false }));
    await expect.poll(worker.printed).toBe("call 1,call 2,plain 3,plain 4,call 5,call 6,");
    expect(written).toBeLessThanOrEqual(worker.printed().length);
  });

  it("fails with an error object when it triggers an error of its own that ends it", async () => {
    const worker = await start(
      `function handler($event, $context) { trigger_error("no stock", E_USER_ERROR); }`,
    );
    const { code, payload } = textOf(await worker.call(callOf({})));
    expect([code, JSON.parse(payload)]).toEqual([
      4002,
      {
        errorMessage: "function invocation exception, error: no stock",
        errorType: "Error",
        stackTrace: ["at (./index.php:2)"],
      },
    ]);
  });

  it("has the context, its variables and its folders", async () => {
    const worker = await start(
      `function handler($event, $context) {
        return [
          $context->getRequestID(), $context->getFunctionName(), $context->getVersion(), $context->getPackage(), $context->getProjectID(),
          $context->getMemorySize(), $context->getCPUNumber(), $context->getRunningTimeInSeconds(), $context->getUserData("COLOUR"),
          $context->getUserData("none"), $context->getAlias(), $context->getToken(), $context->getRemainingTimeInMilliSeconds() > 9000,
          getenv("COLOUR"), $_SERVER["RUNTIME_FUNC_NAME"], getcwd(), __FILE__,
        ];
      }`,
      { userData: { COLOUR: "blue" } },
    );
    const { payload } = textOf(await worker.call({ ...callOf({}, "id-1"), alias: "live" }));
    const { root, code } = worker.place.seen;
    expect(JSON.parse(payload)).toEqual([
      ...[
        "id-1",
        "hello",
        "latest",
        "default",
        "05a0c1ab3f4d4e2d8c6f7a9b1c2d3e4f",
        "256",
        "400",
        10_000,
        "blue",
      ],
      ...[null, "live", "", true, "blue", "hello", root, `${code}/index.php`],
    ]);
  });

  it.each([
    ['throw new DomainException("no");', 4002, "DomainException", "function invocation exception, error: no"],
    [
      "return missing();",
      4002,
      "Error",
      "function invocation exception, error: Call to undefined function missing()",
    ],
    ['return ["\\xff"];', 4007, "JsonException", "function result is invalid, error: "],
    [
      'return str_repeat("x", 6291457);',
      4004,
      "FunctionResponseTooLarge",
      "response body size 6291457 exceeds",
    ],
    [
      'eval("class A {} class A {}");',
      4002,
      "Error",
      "function invocation exception, error: Cannot declare class A",
    ],
  ])("that does %s ends with an error object", async (body, code, errorType, message) => {
    const worker = await start(`function handler($event, $context) {\n${body}\n}`);
    const result = textOf(await worker.call(callOf({})));
    expect(result.code).toBe(code);
    expect(JSON.parse(result.payload)).toMatchObject({
      errorType,
      errorMessage: expect.stringContaining(message),
    });
  });

  it("shows where in its own code an error was thrown", async () => {
    const worker = await start(
      'function inner() { throw new Exception("no"); }\nfunction handler($event, $context) { return inner(); }',
    );
    const { payload } = textOf(await worker.call(callOf({})));
    expect(JSON.parse(payload).stackTrace).toEqual([
      "at inner (./index.php:2)",
      "at handler (./index.php:3)",
    ]);
  });

  it("says of an event that is no JSON that it is none", async () => {
    const worker = await start("function handler($event, $context) {}");
    const result = await worker.call({ requestId: "id", event: Buffer.from("{"), type: "sync" });
    expect(textOf(result)).toMatchObject({ code: 4002, payload: expect.stringContaining("Syntax error") });
  });

  it.each([
    ["", { handler: "missing.handler" }, 4001, "not found module './missing.php'"],
    ["", {}, 4001, "handler 'handler' not found in module './index.php'"],
    ["function handler( {", {}, 4002, "syntax error"],
    [
      'function handler() {} function init($context) { throw new Exception("not ready"); }',
      { initializer: { handler: "index.init", timeout: 3 } },
      4009,
      "function initialization exception, error: not ready",
    ],
  ])("cannot be loaded from %j with %j", async (code, settings, number, message) => {
    await expect(start(code, settings)).rejects.toMatchObject({
      code: number,
      message: expect.stringContaining(message),
    });
  });

  it("has the keys of its agency in its initializer, too", async () => {
    const worker = await start(
      `function init($context) { global $key; $key = $context->getAccessKey(); }
      function handler($event, $context) { global $key; return $key === $context->getAccessKey() ? $key : ""; }`,
      { initializer: { handler: "index.init", timeout: 3 }, hasAgency: true },
    );
    expect(textOf(await worker.call(callOf({})))).toMatchObject({
      code: 0,
      payload: expect.stringMatching(/^\S+$/),
    });
  });

  it("prints its log, all of it by the end of a call, and keeps what it knows", async () => {
    const worker = await start(
      `function init($context) { global $count; $count = 10; }
      function handler($event, $context) {
        global $count;
        $count++;
        for ($line = 0; $line < $event->lines; $line++) echo "line $line\\n";
        if ($event->lines === 0) { $context->getLogger()->info("logged", ["a" => 1]); fwrite(STDERR, "error\\n"); echo $undefined; }
        return $count;
      }`,
      { initializer: { handler: "index.init", timeout: 3 } },
    );
    const first = await worker.call(callOf({ lines: 20_000 }));
    expect(textOf(first)).toEqual({ code: 0, payload: "11" });
    while (Buffer.byteLength(worker.printed()) < (first.written ?? 0))
      await new Promise((resolve) => setImmediate(resolve));
    expect(worker.printed().split("\n")).toHaveLength(20_001);
    expect(textOf(await worker.call(callOf({ lines: 0 }, "id-2"))).payload).toBe("12");
    while (!worker.printed().includes("Undefined variable"))
      await new Promise((resolve) => setImmediate(resolve));
    expect(worker.printed()).toMatch(/\d\dZ id-2 INFO logged \{"a":1\}\nerror\n/);
  });

  it.skipIf(process.platform !== "linux")(
    "takes along what it has started, a session of its own too",
    async () => {
      // Something that is found by its arguments, wherever it has moved to.
      const seconds = `100.${process.pid}${level === "process" ? 1 : 2}`;
      const worker = await start(
        `function handler($event, $context) { exec("setsid sleep ${seconds} > /dev/null 2>&1 & echo $!", $out); return "started"; }`,
      );
      expect(textOf(await worker.call(callOf({}))).payload).toBe("started");
      await expect.poll(() => sleepersOf(seconds), { interval: 5 }).toHaveLength(1);
      worker.kill();
      await worker.exited;
      try {
        // What was killed takes a moment to be gone.
        await expect.poll(() => sleepersOf(seconds), { interval: 5, timeout: 1000 }).toEqual([]);
      } finally {
        for (const pid of sleepersOf(seconds)) killQuietly(pid);
      }
    },
  );

  it.runIf(process.platform === "linux").each([
    ["one text far over its memory", "return strlen(str_repeat('x', 2_000_000_000));"],
    ["many that it keeps", "for ($kept = [];;) $kept[] = str_repeat('x', 1_000_000);"],
  ])("is over its memory limit with %s", async (_what, code) => {
    const worker = await start(`function handler() { ${code} }`, { memoryMb: 256 });
    worker.watch(true);
    const open = worker.call(callOf({}));
    expect(await Promise.race([open, worker.exited])).toMatchObject({ outOfMemory: true });
  });

  it("is gone after exit(), and runs its pre-stop function when told to end", async () => {
    const code =
      'function handler() { exit(3); } function stop($context) { echo "stopped " . $context->getFunctionName(); }';
    const worker = await start(code);
    const open = worker.call(callOf({}));
    expect(await Promise.race([open, worker.exited])).toMatchObject({ code: 3, signal: null });
    const stopping = await start(code, { preStop: { handler: "index.stop", timeout: 3 } });
    await stopping.preStop();
    await stopping.exited;
    expect(stopping.printed()).toBe("stopped hello");
  });
});

describe("PHP", () => {
  it("that is missing is told in a sentence", async () => {
    const bench = await tryAdapter((parts) =>
      createPhpAdapter({ ...parts, programs: { PHP: "/nowhere/php", "PHP8.3": "/bin/echo" } }),
    );
    const remedy = (key: string) =>
      `Name a PHP 8 in the option runtime.programs, as { "runtime": { "programs": { "${key}": "/usr/bin/php" } } }.`;
    expect([await bench.adapter.check(""), await bench.adapter.check("PHP8.3")]).toEqual([
      {
        available: false,
        reason: `The program /nowhere/php, configured for PHP, cannot be started or is no PHP. ${remedy("PHP")}`,
      },
      {
        available: false,
        reason: `The program /bin/echo, configured for PHP8.3, cannot be started or is no PHP. ${remedy("PHP8.3")}`,
      },
    ]);
    expect(bench.adapter.configured).toEqual(["PHP8.3"]);
    await bench.close();
  });

  it.runIf(installed)("is looked for behind a shim with nothing behind it", async () => {
    const shims = await mkdtemp(join(tmpdir(), "functiongraph-shims-"));
    await writeFile(join(shims, "php"), "#!/bin/sh\nexit 127\n", { mode: 0o755 });
    const checkedIn = async (path: string) => {
      const bench = await tryAdapter((parts) => createPhpAdapter({ ...parts, path }));
      const availability = await bench.adapter.check("PHP8.3");
      await bench.close();
      return availability;
    };
    expect(await checkedIn([shims, dirname(findProgram("php") ?? "")].join(delimiter))).toMatchObject({
      available: true,
    });
    expect(await checkedIn(shims)).toMatchObject({
      reason: expect.stringMatching(/\/php, the first php of PATH, cannot be started or is no PHP\. Install/),
    });
    await rm(shims, { recursive: true });
  });
});

/** Processes of `sleep` with this argument, ended ones not among them. */
function sleepersOf(seconds: string): number[] {
  return readdirSync("/proc").flatMap((entry) => {
    try {
      const command = /^\d+$/.test(entry) ? readFileSync(`/proc/${entry}/cmdline`, "latin1") : "";
      return command === `sleep\0${seconds}\0` ? [Number(entry)] : [];
    } catch {
      return [];
    }
  });
}
