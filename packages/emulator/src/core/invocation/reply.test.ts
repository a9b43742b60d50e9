import { describe, expect, it } from "vitest";
import type { FunctionSpec } from "../../runtime/contract.ts";
import type { InvocationOutcome } from "./contract.ts";
import { replyOf } from "./reply.ts";

function outcome(change: Partial<InvocationOutcome>): InvocationOutcome {
  return {
    requestId: "c0ffee00-1234-4abc-9def-0123456789ab",
    // Only its memory is shown.
    spec: { memoryMb: 256 } as FunctionSpec,
    code: 0,
    payload: Buffer.from('{"a":1}'),
    startedAt: new Date(0),
    duration: 3.4119,
    billed: 4,
    memoryUsedMb: 31.25,
    log: "log",
    cold: false,
    ...change,
  };
}

describe("v0", () => {
  it.each<[string, Partial<InvocationOutcome>, number, string, string]>([
    ["a result is text as it is", {}, 200, "text/plain; charset=utf-8", '{"a":1}'],
    [
      "an error object is JSON",
      { code: 4002, payload: Buffer.from('{"errorMessage":"x"}') },
      500,
      "application/json",
      '{"errorMessage":"x"}',
    ],
    [
      "an error that is text stays so",
      { code: 4001, payload: Buffer.from("just text") },
      500,
      "text/plain; charset=utf-8",
      "just text",
    ],
    ...['{"a":1}', "{}", "[1]", '{"errorMessage":1}', '{"errorMessage":"x","code":5}'].map(
      (own): [string, Partial<InvocationOutcome>, number, string, string] => [
        `an error of the function's own form, ${own}, is text, as its results are`,
        { code: 4001, payload: Buffer.from(own) },
        500,
        "text/plain; charset=utf-8",
        own,
      ],
    ),
  ])("%s", (_what, change, status, contentType, body) => {
    const reply = replyOf(outcome(change), { version: "v0", withLog: false });
    expect({ ...reply, body: String(reply.body), headers: undefined }).toEqual({
      status,
      contentType,
      body,
      headers: undefined,
    });
  });
});

describe("v1", () => {
  it("wraps the result, and the log when it is asked for", () => {
    expect(replyOf(outcome({}), { version: "v1", withLog: true }).body).toEqual({
      request_id: "c0ffee00-1234-4abc-9def-0123456789ab",
      result: '{"a":1}',
      log: "log",
      status: 200,
    });
    expect(replyOf(outcome({}), { version: "v1", withLog: false }).body).not.toHaveProperty("log");
  });
});

describe("headers", () => {
  it("tell use, outcome and log", () => {
    expect(replyOf(outcome({ code: 4205 }), { version: "v1", withLog: true }).headers).toEqual({
      "X-Cff-Request-Id": "c0ffee00-1234-4abc-9def-0123456789ab",
      "X-Cff-Invoke-Summary": '{"duration":3.412,"billingDuration":4,"memorySize":256,"memoryUsed":31.25}',
      "X-CFF-Billing-Duration": "4",
      "X-Cff-Response-Version": "v1",
      "X-Func-Err-Code": "4205",
      "X-Is-Func-Err": "true",
      "X-Cff-Function-Log": Buffer.from("log").toString("base64"),
    });
  });

  it.each([
    [0, "false"],
    [4002, "true"],
    [150_429, "false"],
  ])("say of code %i that it is the function's fault: %s", (code, fault) => {
    expect(replyOf(outcome({ code }), { version: "v0", withLog: false }).headers?.["X-Is-Func-Err"]).toBe(
      fault,
    );
  });

  it("hold the log's last 2,000 bytes and the envelope 4,096, from a whole character on", () => {
    const log = `${"é".repeat(3000)}!`;
    const reply = replyOf(outcome({ log }), { version: "v1", withLog: true });
    const header = Buffer.from(reply.headers?.["X-Cff-Function-Log"] ?? "", "base64").toString();
    expect([Buffer.byteLength(header), header.startsWith("é"), header.endsWith("é!")]).toEqual([
      1999,
      true,
      true,
    ]);
    expect(reply.body).toMatchObject({ log: `${"é".repeat(2047)}!` });
  });
});
