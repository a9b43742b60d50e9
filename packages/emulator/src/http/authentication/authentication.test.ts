import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { answerOf, quotas, startForUsers } from "../../../test/support/emulator-for-users.ts";
import type { Emulator } from "../../start-emulator.ts";
import { canonicalRequest, signatureOf } from "./sdk-signature.ts";

interface Signing {
  path?: string;
  accessKey?: string;
  secretKey?: string;
  date?: string;
  names?: string[];
  more?: Record<string, string>;
}

function sign(
  emulator: Emulator,
  {
    path = "/v2/p1/fgs/quotas",
    accessKey,
    secretKey,
    date = "20260302T090000Z",
    names = ["host", "x-sdk-date"],
    more = {},
  }: Signing = {},
): Record<string, string> {
  const headers = { "x-sdk-date": date, ...more };
  const canonical = canonicalRequest({
    method: "GET",
    path,
    query: [],
    headers: { ...headers, host: new URL(emulator.url).host },
    signedHeaders: names,
    payloadHash: more["x-sdk-content-sha256"] ?? createHash("sha256").update("").digest("hex"),
  });
  const signature = signatureOf(canonical, date, secretKey ?? emulator.credentials.secretKey);
  const authorization = `SDK-HMAC-SHA256 Access=${accessKey ?? emulator.credentials.accessKey}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return { ...headers, authorization };
}

describe("a token", () => {
  it("lets its user in", async () => {
    const emulator = await startForUsers();
    expect(await quotas(emulator, { "X-Auth-Token": emulator.token })).toEqual([200, "ada", "p1"]);
  });

  it("has to come", async () => {
    expect(await quotas(await startForUsers(), {})).toEqual([
      401,
      "APIGW.0301",
      "Incorrect IAM authentication information: x-auth-token not found",
    ]);
  });

  it("has to be one", async () => {
    expect(await quotas(await startForUsers(), { "X-Auth-Token": "EXAMPLE-TOKEN" })).toEqual([
      401,
      "APIGW.0301",
      "Incorrect IAM authentication information: decrypt token fail",
    ]);
  });

  it("has to be younger than 24 hours", async () => {
    const emulator = await startForUsers();
    emulator.clock.advance(86_400_000);
    expect(await quotas(emulator, { "X-Auth-Token": emulator.token })).toEqual([
      401,
      "APIGW.0307",
      "The token must be updated. It expired at 2026-03-03T09:00:00.000Z.",
    ]);
  });

  it("is good for its own project only", async () => {
    const emulator = await startForUsers();
    expect(await quotas(emulator, { "X-Auth-Token": emulator.token }, "p2")).toEqual([
      403,
      "FSS.0403",
      expect.stringContaining("another project"),
    ]);
    expect(await quotas(emulator, { "X-Auth-Token": emulator.token }, "p3")).toEqual([
      403,
      "FSS.0403",
      expect.stringContaining("another project"),
    ]);
  });
});

describe("a signature", () => {
  it("lets its user in", async () => {
    const emulator = await startForUsers();
    expect(await quotas(emulator, sign(emulator))).toEqual([200, "ada", "p1"]);
  });

  it.each<[string, Signing, number, string, string]>([
    [
      "of an unknown key",
      { accessKey: "UNKNOWN" },
      401,
      "APIGW.0301",
      "verify aksk signature fail, unknown access key UNKNOWN",
    ],
    [
      "with a wrong key",
      { secretKey: "wrong" },
      401,
      "APIGW.0301",
      "verify aksk signature fail, canonicalRequest:GET|/v2/p1/fgs/quotas/||host:127.0.0.1:",
    ],
    [
      "of another path",
      { path: "/v2/p1/fgs/functions" },
      401,
      "APIGW.0301",
      "verify aksk signature fail, canonicalRequest:",
    ],
    ["16 minutes old", { date: "20260302T084400Z" }, 401, "APIGW.0301", "more than 15 minutes"],
    ["16 minutes ahead", { date: "20260302T091600Z" }, 401, "APIGW.0301", "more than 15 minutes"],
    ["with a malformed date", { date: "yesterday" }, 401, "APIGW.0301", "X-Sdk-Date must be a UTC time"],
    [
      "for another project",
      { more: { "x-project-id": "p2" } },
      403,
      "FSS.0403",
      "X-Project-Id names another project",
    ],
    [
      "over another body",
      { names: ["host", "x-sdk-date", "x-sdk-content-sha256"], more: { "x-sdk-content-sha256": "00" } },
      401,
      "APIGW.0301",
      "is not the hash of the body",
    ],
  ])("%s is refused", async (_, signing, status, code, message) => {
    const emulator = await startForUsers();
    expect(await quotas(emulator, sign(emulator, signing))).toEqual([
      status,
      code,
      expect.stringContaining(message),
    ]);
  });

  it.each(["20260302T084500Z", "20260302T091500Z"])("of %s, 15 minutes off, passes", async (date) => {
    const emulator = await startForUsers();
    expect(await quotas(emulator, sign(emulator, { date }))).toEqual([200, "ada", "p1"]);
  });

  it("may leave the payload unsigned", async () => {
    const emulator = await startForUsers();
    const more = { "x-sdk-content-sha256": "UNSIGNED-PAYLOAD" };
    expect(
      await quotas(emulator, sign(emulator, { names: ["host", "x-sdk-content-sha256", "x-sdk-date"], more })),
    ).toEqual([200, "ada", "p1"]);
  });

  it("is good for the user's own projects only", async () => {
    const emulator = await startForUsers();
    expect(await quotas(emulator, sign(emulator, { path: "/v2/p2/fgs/quotas" }), "p2")).toEqual([
      403,
      "FSS.0403",
      "Forbidden. The user ada has no project p2.",
    ]);
  });

  it("may leave out Host, but not in strict mode", async () => {
    const lax = await startForUsers();
    expect(await quotas(lax, sign(lax, { names: ["x-sdk-date"] }))).toEqual([200, "ada", "p1"]);
    const strict = await startForUsers({ authentication: "strict" });
    expect(await quotas(strict, sign(strict))).toEqual([200, "ada", "p1"]);
    expect(await quotas(strict, sign(strict, { names: ["x-sdk-date"] }))).toEqual([
      401,
      "APIGW.0301",
      expect.stringContaining("SignedHeaders must name host"),
    ]);
  });

  it("never has security tokens repeated", async () => {
    const emulator = await startForUsers();
    const headers = sign(emulator, {
      secretKey: "wrong",
      names: ["host", "x-sdk-date", "x-security-token"],
      more: { "x-security-token": "example-security-token" },
    });
    expect(await quotas(emulator, headers)).toEqual([
      401,
      "APIGW.0301",
      expect.stringContaining("x-security-token:***|"),
    ]);
  });

  it("of a body over 12 MB is refused", async () => {
    const emulator = await startForUsers({ limits: { maxSignedBody: 1000 } });
    const response = await fetch(`${emulator.url}/v2/p1/fgs/functions`, {
      method: "POST",
      headers: sign(emulator),
      body: "x".repeat(1001),
    });
    const body = await answerOf(response);
    expect([response.status, body.error_code]).toEqual([413, "FSS.1071"]);
    expect(body.error_msg).toContain(
      "A signed request body may have 1000 bytes and has 1001; send a larger one with a token.",
    );
  });
});

describe("without authentication", () => {
  it("everyone is the first user, in the project of the path", async () => {
    const emulator = await startForUsers({ authentication: "off" });
    expect(await quotas(emulator, {}, "p2")).toEqual([200, "ada", "p2"]);
    expect(await quotas(emulator, { "X-Auth-Token": "x" }, "any")).toEqual([200, "ada", "any"]);
  });
});
