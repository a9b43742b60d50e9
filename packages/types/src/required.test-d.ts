import { describe, expectTypeOf, test } from "vitest";
import type { CreateFunctionRequest, ErrorResponse, RequestBody, ResponseBody } from "./index.js";

describe("required and optional fields", () => {
  test("a function needs a name, and a description is optional", () => {
    expectTypeOf<CreateFunctionRequest>().toHaveProperty("func_name");
    expectTypeOf<undefined>().not.toExtend<CreateFunctionRequest["func_name"]>();
    expectTypeOf<CreateFunctionRequest>().pick("description").toEqualTypeOf<{ description?: string }>();
  });

  test("leaving a required field out is an error", () => {
    // @ts-expect-error handler, memory_size, runtime and others are missing
    const request: CreateFunctionRequest = { func_name: "hello-orders" };
    expectTypeOf(request).toExtend<CreateFunctionRequest>();
  });

  test("a field with a default stays optional when it is sent", () => {
    expectTypeOf<undefined>().toExtend<CreateFunctionRequest["type"]>();
  });

  test("an error always tells its code and message", () => {
    expectTypeOf<ErrorResponse>()
      .pick<"error_code" | "error_msg">()
      .toEqualTypeOf<{ error_code: string; error_msg: string }>();
    expectTypeOf<ErrorResponse>().pick("request_id").toEqualTypeOf<{ request_id?: string }>();
  });
});

describe("bodies by operation", () => {
  test("are those of the operation", () => {
    expectTypeOf<RequestBody<"createFunction">>().toEqualTypeOf<CreateFunctionRequest>();
    expectTypeOf<ResponseBody<"listQuotas">>().toHaveProperty("quotas");
  });

  test("are never where there is none", () => {
    expectTypeOf<RequestBody<"listQuotas">>().toBeNever();
    expectTypeOf<ResponseBody<"deleteFunction">>().toBeNever();
  });
});
