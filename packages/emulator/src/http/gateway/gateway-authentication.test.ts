import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { at, setting } from "../../../test/support/gateway-calls.ts";
import type { TriggerServer } from "../../../test/support/trigger-server.ts";
import { canonicalRequest, signatureOf } from "../authentication/sdk-signature.ts";

describe("an API with authentication", () => {
  function signed(
    server: TriggerServer,
    path: string,
    secretKey = "example-secret-key",
  ): Record<string, string> {
    const date = "20260302T100000Z";
    const canonical = canonicalRequest({
      method: "POST",
      path,
      query: [["a", "1"]],
      headers: { host: new URL(server.url).host, "x-sdk-date": date },
      signedHeaders: ["host", "x-sdk-date"],
      payloadHash: createHash("sha256").update("body").digest("hex"),
    });
    const signature = signatureOf(canonical, date, secretKey);
    return {
      "x-sdk-date": date,
      authorization: `SDK-HMAC-SHA256 Access=EXAMPLEACCESSKEY0001, SignedHeaders=host;x-sdk-date, Signature=${signature}`,
    };
  }

  it.each([
    ["IAM", "on", "a token", 200],
    ["IAM", "on", "a signature", 200],
    ["IAM", "on", "a wrong signature", "APIG.0301 Incorrect IAM authentication information"],
    ["IAM", "on", "a wrong token", "APIG.0301 Incorrect IAM authentication information"],
    ["IAM", "on", "nothing", "APIG.0301 Incorrect IAM authentication information"],
    ["IAM", "off", "nothing", 200],
    ["APP", "on", "a signature", 200],
    ["APP", "on", "a wrong signature", "APIG.0303 Incorrect app authentication information"],
    ["APP", "on", "nothing", "APIG.0303 Incorrect app authentication information"],
    ["APP", "off", "nothing", 200],
    ["NONE", "on", "nothing", 200],
    ["NONE", "on", "a wrong token", 200],
  ] as const)("%s, emulator's %s: %s", async (auth, authentication, what, want) => {
    const { app, api, call, server } = await setting({ authentication });
    app.answer = () => '{"statusCode":200}';
    await api({ auth });
    const path = at("/hello-orders");
    const headers = {
      "a token": { "X-Auth-Token": server.token },
      "a wrong token": { "X-Auth-Token": "x" },
      "a signature": signed(server, path),
      "a wrong signature": signed(server, path, "another-key"),
      nothing: {},
    }[what];
    const { status, text } = await call(`${path}?a=1`, { method: "POST", headers, body: "body" });
    if (want === 200) expect(status).toBe(200);
    else {
      expect(status).toBe(401);
      const { error_code: code, error_msg: message } = JSON.parse(text);
      expect(`${code} ${message}`).toContain(want);
      expect(app.calls).toEqual([]);
    }
  });
});
