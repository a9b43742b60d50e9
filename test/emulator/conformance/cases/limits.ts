import { expect } from "vitest";
import {
  type ConformanceCase,
  type ConformanceScenario,
  everywhere,
  noInitializer,
  type RuntimeName,
} from "../conformance-case.ts";
import { wellAgain } from "../well-again.ts";

const mebibyte = 1024 * 1024;
/** Of a synchronous call's event, and of its result. */
const most = 6 * mebibyte;
const constraints = "guide, Notes and Constraints";
const table = "the engine's tables of errors (snerror, yuanrong-frontend)";

/** Bytes that the event of a gateway has around its body. */
const around: Partial<Record<RuntimeName, number>> = { http: 1000 };

/** Calls that end at a limit. */
export const limits: readonly ConformanceCase[] = [
  {
    name: "answers nothing within its time, which is 4010",
    fact: {
      says: "A call that takes longer than the function's timeout ends with 4010.",
      grade: "K",
      source: table,
    },
    function: "limited",
    event: { action: "sleep", ms: 20_000 },
    slow: true,
    want: everywhere({
      code: 4010,
      errorMessage: /^call invoke timeout 3s$|timed out/,
      log: /\(invoke Failed\)/,
    }),
    after: (stage, driver) => wellAgain(stage, driver, "limited"),
  },
  {
    name: "computes without end, and is stopped all the same",
    fact: {
      says: "The platform ends what runs when the time is over, whatever it does.",
      grade: "K",
      source: table,
    },
    function: "limited",
    event: { action: "spin" },
    slow: true,
    want: everywhere({ code: 4010, errorMessage: /^call invoke timeout 3s$|timed out/ }),
    after: async (stage, driver, { log }) => {
      const [, duration] = /duration: ([\d.]+)ms/.exec(log) ?? [];
      expect(Number(duration)).toBeGreaterThanOrEqual(2990);
      // Much more than it takes; the machine may have other work.
      expect(Number(duration)).toBeLessThan(4000);
      await wellAgain(stage, driver, "limited");
    },
  },
  {
    name: "has an initializer without end, which is 4211",
    fact: {
      says: "An initializer that takes longer than its own timeout is 4211.",
      grade: "K",
      source: table,
    },
    function: "endlessInitializer",
    event: { action: "nothing" },
    slow: true,
    want: everywhere(
      { code: 4211, errorMessage: /^runtime initialization timed out after 1s$/ },
      {
        custom: "there is no initializer",
        go: noInitializer,
        http: "its initializer is a request like others",
      },
    ),
    // It never ends for this function: all that can be shown is that nothing is left of the failed starts once it is taken away.
    after: async (stage, driver) => {
      await stage.configure(await stage.urnOf(driver, "endlessInitializer"), { initializer_handler: "" });
      await wellAgain(stage, driver, "endlessInitializer");
    },
  },
  ...(["heap", "buffers"] as const).map(
    (kind): ConformanceCase => ({
      name: `takes more memory than it has, on the ${kind === "heap" ? "heap" : "outside of it"}, which is 4205`,
      fact: {
        says: "A function that takes more memory than is set for it ends with 4205; its log says RuntimeMemoryExceedLimit.",
        grade: "C",
        source: `${table}; pictures of the console in the FAQ`,
      },
      function: "small",
      event: { action: "hog", kind },
      want: everywhere({
        code: 4205,
        errorMessage: "runtime memory limit exceeded",
        log: /\(invoke Failed:RuntimeMemoryExceedLimit\)/,
      }),
      after: (stage, driver) => wellAgain(stage, driver, "small"),
    }),
  ),
  {
    name: "ends its process, which is 4204",
    fact: {
      says: "A process that ends during a call is 4204 `runtime process is exited`.",
      grade: "C",
      source: table,
    },
    function: "fragile",
    event: { action: "exit" },
    want: everywhere({ code: 4204, errorMessage: "runtime process is exited", log: /\(invoke Failed\)/ }),
    after: (stage, driver) => wellAgain(stage, driver, "fragile"),
  },
  {
    name: "returns more than 6 MB, which is 4004 with the size",
    fact: {
      says: "A result above 6291456 bytes is 4004, with its size and the limit in the message.",
      grade: "K",
      source: `${table}; 6 MB: ${constraints}`,
    },
    event: { action: "payload", bytes: most + 1 },
    want: everywhere(
      {
        code: 4004,
        errorMessage: `response body size ${most + 1} exceeds the limit of ${most}`,
      },
      {
        // The library counts too, in words of its own.
        go: {
          code: 4004,
          errorMessage: `Response body size '${most + 1}' larger than max value '${most}'.`,
          errorType: "FunctionResponseTooLarge",
        },
        http: { code: 4004, errorMessage: /^response body size \d+ exceeds the limit of 6291456$/ },
      },
    ),
  },
];

/** Limits that are seen by a call's own size. */
export const sizes: readonly ConformanceScenario[] = [
  {
    name: "takes an event and returns a result of nearly 6 MB",
    fact: {
      says: "Request and answer of a synchronous call may have 6 MB each.",
      grade: "D",
      source: constraints,
    },
    async run(stage, driver) {
      const length = most - 100 - 2 * (around[stage.runtime.name] ?? 0);
      const taken = await stage.act(driver, "act", { action: "size", text: "x".repeat(length) });
      expect(taken).toMatchObject({ code: 0, text: String(length) });
      // Servers' answers are written in Base64, and the limit is that of the answer before.
      const given = await stage.act(driver, "act", { action: "payload", bytes: length });
      expect({ code: given.code, length: given.text.length }).toEqual({ code: 0, length });
    },
  },
  {
    name: "is not called with an event of more than 6 MB, which is refused",
    fact: {
      says: "A larger event is refused with 413 before the function runs.",
      grade: "D",
      source: "API reference, Error Codes",
    },
    async run(stage, driver) {
      const seen = await stage.act(driver, "act", { action: "size", text: "x".repeat(most) });
      expect(seen).toMatchObject({ status: 413, refusal: "FSS.1201" });
    },
  },
];
