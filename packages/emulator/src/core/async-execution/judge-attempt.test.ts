import { expect, it } from "vitest";
import type { InvocationOutcome } from "../invocation/contract.ts";
import { ServiceError } from "../service-error.ts";
import { judgeError, judgeOutcome } from "./judge-attempt.ts";

const outcome = (code: number, text: string): InvocationOutcome =>
  // Only these two are looked at.
  ({ code, payload: Buffer.from(text) }) as unknown as InvocationOutcome;

it.each([
  [0, '"done"', false, { kind: "success" }],
  [4002, '{"errorMessage":"boom"}', false, { kind: "failure", message: "boom", again: false }],
  [4002, '{"errorMessage":"boom"}', true, { kind: "failure", message: "boom", again: true }],
  [4208, "{}", true, { kind: "failure", message: "{}", again: false }],
  [9999, "plain text", false, { kind: "failure", message: "plain text", again: false }],
  [10000, '"quoted"', false, { kind: "failure", message: '"quoted"', again: true }],
  [161900, "null", false, { kind: "failure", message: "null", again: true }],
  [4004, "x".repeat(3000), false, { kind: "failure", message: "x".repeat(2000), again: false }],
])("an outcome with code %i and %s, with retries of user errors: %s", (code, text, retries, want) => {
  expect(judgeOutcome(outcome(code, text), retries)).toMatchObject(want);
});

it.each([
  [new ServiceError("FSS.0429", "Function Disabled"), { kind: "refused", code: 150434 }],
  [new ServiceError("FSS.0429"), { kind: "refused", code: 150429 }],
  [new ServiceError("FSS.0503", "No python3."), { kind: "failure", code: 161900, again: true }],
  [new ServiceError("FSS.1051"), { kind: "failure", code: 150424, again: false }],
  [new ServiceError("FSS.1052"), { kind: "failure", code: 150424, again: false }],
  [new ServiceError("FSS.0400"), { kind: "failure", code: 161900, again: false }],
  [new TypeError("a bug"), { kind: "failure", code: 161900, again: true }],
])("%s", (error, want) => {
  expect(judgeError(error)).toMatchObject(want);
});
