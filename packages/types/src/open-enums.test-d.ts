import { describe, expectTypeOf, test } from "vitest";
import type { CodeTypeValue } from "./enums.js";
import type {
  CodeType,
  CreateFunctionRequest,
  FunctionConfig,
  Readable,
  Runtime,
  TimerScheduleType,
} from "./index.js";

describe("an open enumeration", () => {
  test("takes values that the description does not know", () => {
    expectTypeOf<"Python9.9">().toExtend<Runtime>();
    expectTypeOf<string>().toExtend<CreateFunctionRequest["runtime"]>();
  });

  test("still offers the known ones", () => {
    expectTypeOf<Extract<Runtime, "Node.js20.15">>().toEqualTypeOf<"Node.js20.15">();
    expectTypeOf<Extract<CodeType, CodeTypeValue>>().toEqualTypeOf<CodeTypeValue>();
  });

  test("is a string where it is read, in whatever it is nested", () => {
    expectTypeOf<NonNullable<FunctionConfig["runtime"]>>().toExtend<string>();
    expectTypeOf<
      Readable<{ list: { runtime: Runtime }[] }>["list"][number]["runtime"]
    >().toEqualTypeOf<Runtime>();
  });
});

describe("a closed enumeration", () => {
  test("refuses other values", () => {
    expectTypeOf<TimerScheduleType>().toEqualTypeOf<"Rate" | "Cron">();
    // @ts-expect-error a timer knows Rate and Cron alone
    const kind: TimerScheduleType = "Every";
    expectTypeOf(kind).toExtend<string>();
  });
});
