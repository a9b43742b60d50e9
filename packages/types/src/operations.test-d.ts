import { describe, expectTypeOf, test } from "vitest";
import type { OperationTypes } from "./index.js";
import { type OperationId, type OperationInfo, operations } from "./operations.js";

describe("the operation table", () => {
  test("has every operation of the description, and no event or other name", () => {
    expectTypeOf<OperationId>().toEqualTypeOf<Exclude<keyof OperationTypes, `receive${string}`>>();
    // @ts-expect-error no such operation
    operations.renameFunction;
  });

  test("fits the interface that clients read", () => {
    expectTypeOf(operations).toExtend<Record<string, OperationInfo>>();
  });

  test("keeps its values as literals", () => {
    expectTypeOf(operations.createFunction.method).toEqualTypeOf<"POST">();
    expectTypeOf(operations.createFunction.path).toEqualTypeOf<"/v2/{project_id}/fgs/functions">();
    expectTypeOf(operations.asyncInvokeReservedFunction.deprecated).toEqualTypeOf<true>();
    expectTypeOf(operations.asyncInvokeReservedFunction.replacement).toEqualTypeOf<"asyncInvokeFunction">();
    expectTypeOf(operations.listQuotas.pagination).toEqualTypeOf<{
      readonly style: "none";
      readonly items: "quotas.resources";
    }>();
    expectTypeOf(operations.createToken.successStatus).toEqualTypeOf<201>();
  });

  test("tells which operations live at other servers", () => {
    expectTypeOf(operations.createFunction.servers).toBeNull();
    expectTypeOf(operations.createToken.servers).not.toBeNull();
  });
});
