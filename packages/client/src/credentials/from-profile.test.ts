import { mkdirSync, writeFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { withFolder } from "../../test/support/outside-tools.ts";
import { fromProfile } from "./from-profile.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

const key = "ak = AK\nsk = SK\n";

function inFile<T>(content: string, use: (path: string) => T | Promise<T>): Promise<T> {
  return withFolder((folder) => {
    writeFileSync(`${folder}/credentials`, content);
    return use(`${folder}/credentials`);
  });
}

test.each<[string, string, string | undefined, object]>([
  ["default", `[default]\n${key}[basic]\nak=x\nsk=x`, undefined, { accessKey: "AK", secretKey: "SK" }],
  [
    "basic, without a default one",
    `[basic]\n${key}[global]\nak=x`,
    undefined,
    { accessKey: "AK", secretKey: "SK" },
  ],
  [
    "the one asked for",
    `[default]\nak=x\nsk=x\n[ other ]\n${key}`,
    "other",
    { accessKey: "AK", secretKey: "SK" },
  ],
  [
    "one with a token",
    `[basic]\n${key}security_token = T=+/`,
    undefined,
    { accessKey: "AK", secretKey: "SK", securityToken: "T=+/" },
  ],
  [
    "one with remarks",
    `\uFEFF; a\r\n[basic]\r\n# b\r\n\r\nAK: "AK"\r\nsk='SK'\r\nnothing\r\n`,
    undefined,
    { accessKey: "AK", secretKey: "SK" },
  ],
])("the section read is %s", async (_what, content, profile, want) => {
  expect(await inFile(content, (path) => fromProfile({ path, profile })())).toEqual(want);
});

test("the file is that of the official SDKs, or the one that their variable names", async () => {
  await withFolder(async (home) => {
    mkdirSync(`${home}/.huaweicloud`);
    writeFileSync(`${home}/.huaweicloud/credentials`, "[basic]\nak = HOME\nsk = SK");
    vi.stubEnv("HOME", home).stubEnv("USERPROFILE", home).stubEnv("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "");
    expect(await fromProfile()()).toMatchObject({ accessKey: "HOME" });
    writeFileSync(`${home}/elsewhere`, "[basic]\nak = ELSEWHERE\nsk = SK");
    vi.stubEnv("HUAWEICLOUD_SDK_CREDENTIALS_FILE", `${home}/elsewhere`);
    expect(await fromProfile()()).toMatchObject({ accessKey: "ELSEWHERE" });
  });
});

test.each<[string, string, string | undefined, string]>([
  ["without the usual sections", "[global]\n", undefined, "has no section [default] or [basic]"],
  ["without the section asked for", `[basic]\n${key}`, "other", "has no section [other]"],
  ["without the access key", "[basic]\nsk = a-secret", undefined, "section [basic] of"],
  ["without the secret key", "[basic]\nak = AK", undefined, "has no sk; add a line `sk = …`"],
])("a file %s is a CredentialsError", async (_what, content, profile, message) => {
  const error = await inFile(content, (path) =>
    fromProfile({ path, profile })().catch((error: unknown) => error),
  );
  expect(error).toMatchObject({ name: "CredentialsError", message: expect.stringContaining(message) });
  expect(String(error)).not.toContain("a-secret");
});

test("a file that is not there is a CredentialsError with the reason", async () => {
  await expect(fromProfile({ path: "/nonexistent/credentials" })()).rejects.toMatchObject({
    name: "CredentialsError",
    message: "fromProfile: /nonexistent/credentials cannot be read; create it, or name another file",
    cause: { code: "ENOENT" },
  });
});

test.each([undefined, {}])("a browser is told that it has no files", async (process) => {
  vi.stubGlobal("process", process);
  await expect(fromProfile()()).rejects.toThrow("fromProfile: there are no files here");
});
