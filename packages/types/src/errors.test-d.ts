import { describe, expectTypeOf, test } from "vitest";
import { type ErrorCode, type ErrorEntry, errors, type OperationErrorCode } from "./errors.js";

describe("the error codes", () => {
  test("are a union", () => {
    expectTypeOf<"FSS.1051">().toExtend<ErrorCode>();
    expectTypeOf<"FSS.9999">().not.toExtend<ErrorCode>();
  });

  test("have a table with one entry each", () => {
    expectTypeOf(errors).toExtend<Record<ErrorCode, ErrorEntry>>();
    expectTypeOf(errors["FSS.1051"].status).toEqualTypeOf<404>();
  });

  test("are known by operation", () => {
    expectTypeOf<OperationErrorCode<"createFunction">>().toExtend<ErrorCode>();
  });
});
