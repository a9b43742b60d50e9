import { expect, test } from "vitest";
import { type FunctionContext, fromFunctionContext } from "./from-function-context.ts";

const key: FunctionContext = {
  getSecurityAccessKey: () => "AK",
  getSecuritySecretKey: () => "SK",
  getSecurityToken: () => "ST",
};

test.each<[string, FunctionContext, object]>([
  ["a temporary key", key, { accessKey: "AK", secretKey: "SK", securityToken: "ST" }],
  [
    "a key rather than a token",
    { ...key, getToken: () => "T" },
    { accessKey: "AK", secretKey: "SK", securityToken: "ST" },
  ],
  ["a token", { ...key, getSecurityAccessKey: () => "", getToken: () => "T" }, { token: "T" }],
  ["a token of an older runtime", { getToken: () => "T" }, { token: "T" }],
])("a context gives %s", async (_what, context, want) => {
  expect(await fromFunctionContext(context)()).toEqual(want);
});

test("the methods keep their context", async () => {
  class Context {
    readonly token = "T";
    getToken(): string {
      return this.token;
    }
  }
  expect(await fromFunctionContext(new Context())()).toEqual({ token: "T" });
});

test("a function without an agency is told to get one", async () => {
  await expect(fromFunctionContext({ getToken: () => "" })()).rejects.toMatchObject({
    name: "CredentialsError",
    message: expect.stringContaining("set an agency"),
  });
});
