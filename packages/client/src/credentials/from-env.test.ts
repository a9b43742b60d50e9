import { afterEach, expect, test, vi } from "vitest";
import { fromEnv } from "./from-env.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

const ours = { HUAWEICLOUD_SDK_AK: "AK", HUAWEICLOUD_SDK_SK: "SK" };

test.each<[string, Record<string, string>, object]>([
  ["the official SDKs'", ours, { accessKey: "AK", secretKey: "SK" }],
  [
    "the official SDKs' with a token",
    { ...ours, HUAWEICLOUD_SDK_SECURITY_TOKEN: "T" },
    { accessKey: "AK", secretKey: "SK", securityToken: "T" },
  ],
  [
    "Open Telekom Cloud's",
    { OTC_SDK_AK: "AK", OTC_SDK_SK: "SK", OTC_SDK_SECURITY_TOKEN: "T" },
    { accessKey: "AK", secretKey: "SK", securityToken: "T" },
  ],
  [
    "Terraform's of Huawei Cloud",
    { HW_ACCESS_KEY: "AK", HW_SECRET_KEY: "SK", HW_SECURITY_TOKEN: "T" },
    { accessKey: "AK", secretKey: "SK", securityToken: "T" },
  ],
  [
    "Terraform's of Open Telekom Cloud",
    { OS_ACCESS_KEY: "AK", OS_SECRET_KEY: "SK", OS_SECURITY_TOKEN: "T" },
    { accessKey: "AK", secretKey: "SK", securityToken: "T" },
  ],
  ["the documentation's", { CLOUD_SDK_AK: "AK", CLOUD_SDK_SK: "SK" }, { accessKey: "AK", secretKey: "SK" }],
  ["a token of Terraform's", { HW_AUTH_TOKEN: "T" }, { token: "T" }],
  ["a token of OpenStack's", { OS_TOKEN: "T", OS_AUTH_TOKEN: "old" }, { token: "T" }],
  ["a token of OpenStack's by its older name", { OS_AUTH_TOKEN: "T" }, { token: "T" }],
  [
    "an empty variable and",
    { HUAWEICLOUD_SDK_AK: "", HUAWEICLOUD_SDK_SK: "", HW_AUTH_TOKEN: "T" },
    { token: "T" },
  ],
  [
    "several sets, of which the first counts:",
    { ...ours, OTC_SDK_AK: "x", OTC_SDK_SK: "x", OS_TOKEN: "x" },
    { accessKey: "AK", secretKey: "SK" },
  ],
  [
    "a token of another set, which stays out:",
    { ...ours, HW_SECURITY_TOKEN: "x" },
    { accessKey: "AK", secretKey: "SK" },
  ],
])("understood are %s variables", async (_whose, env, want) => {
  expect(await fromEnv({ env })()).toEqual(want);
});

test("the process's own variables are read, anew each time", async () => {
  const provider = fromEnv();
  vi.stubEnv("HUAWEICLOUD_SDK_AK", "AK1").stubEnv("HUAWEICLOUD_SDK_SK", "SK1");
  expect(await provider()).toMatchObject({ accessKey: "AK1", secretKey: "SK1" });
  vi.stubEnv("HUAWEICLOUD_SDK_SK", "SK2");
  expect(await provider()).toMatchObject({ secretKey: "SK2" });
});

test.each<[string, Record<string, string>, string]>([
  ["half a key", { OTC_SDK_AK: "AK" }, "fromEnv: OTC_SDK_AK is set and OTC_SDK_SK is not"],
  ["the other half", { OTC_SDK_SK: "a-secret" }, "fromEnv: OTC_SDK_SK is set and OTC_SDK_AK is not"],
  [
    "nothing",
    {},
    "fromEnv: no credentials are set; set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, OTC_SDK_AK",
  ],
])("%s is a CredentialsError", async (_what, env, message) => {
  const error = await fromEnv({ env })().catch((error: unknown) => error);
  expect(error).toMatchObject({ name: "CredentialsError", message: expect.stringContaining(message) });
  expect(String(error)).not.toContain("a-secret");
});

test("a browser is told that it has no variables", async () => {
  vi.stubGlobal("process", undefined);
  await expect(fromEnv()()).rejects.toThrow("fromEnv: there are no environment variables here");
});
