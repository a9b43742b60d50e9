import { describe, expect, it } from "vitest";
import { judgeAnswer } from "./judge-answer.ts";
import type { PlannedCall } from "./kinds.ts";

const call = (action: string, code: number, more = {}): PlannedCall => ({
  function: "mixed",
  code,
  event: { id: "1-2", action, ...more },
});
const answer = (status: number, code: number, body: unknown, log = "") => ({
  status,
  headers: { "x-func-err-code": String(code), "x-cff-function-log": Buffer.from(log).toString("base64") },
  body: Buffer.from(JSON.stringify(body)),
});

describe("judgeAnswer", () => {
  it.each([
    ["a result", call("echo", 0), answer(200, 0, { id: "1-2" })],
    ["an error", call("throw", 4002), answer(500, 4002, { errorMessage: "error: 1-2" })],
    ["an end of the process", call("exit", 4204), answer(500, 4204, { errorMessage: "exited" })],
    ["a large result", call("large", 0, { filling: "ä" }), answer(200, 0, { id: "1-2", filling: "ä" })],
    ["a log", call("log", 0, { lines: 2 }), answer(200, 0, { id: "1-2" }, "1-2 line 1\n1-2 line 2\nend")],
  ])("finds nothing wrong with %s", (_what, planned, answered) => {
    expect(judgeAnswer(planned, answered)).toBeUndefined();
  });

  it.each([
    ["another call's result", call("echo", 0), answer(200, 0, { id: "1-3" }), /not its own/],
    [
      "another call's error",
      call("throw", 4002),
      answer(500, 4002, { errorMessage: "error: 1-3" }),
      /not its own/,
    ],
    [
      "another end",
      call("echo", 0),
      answer(500, 4204, { errorMessage: "exited" }),
      /wanted code 0 and got 500, code 4204/,
    ],
    ["a refusal", call("echo", 0), answer(429, 0, {}), /got 429/],
    [
      "a shortened result",
      call("large", 0, { filling: "ää" }),
      answer(200, 0, { id: "1-2", filling: "ä" }),
      /lost/,
    ],
    ["another call's log", call("echo", 0), answer(200, 0, { id: "1-2" }, "1-3 line 1\n"), /1-3 line 1/],
    [
      "a shortened log",
      call("log", 0, { lines: 2 }),
      answer(200, 0, { id: "1-2" }, "1-2 line 1\n"),
      /lacks its last line/,
    ],
  ])("finds %s", (_what, planned, answered, want) => {
    expect(judgeAnswer(planned, answered)).toMatch(want);
  });
});
