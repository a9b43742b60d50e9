import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canonicalRequest, parseAuthorization, parseSdkDate, signatureOf } from "./sdk-signature.ts";

interface Vector {
  name: string;
  secretKey: string;
  request: {
    method: string;
    path: string;
    query: [string, string][];
    headers: Record<string, string>;
    body: string | null;
    xSdkDate: string;
  };
  signedHost: string;
  official: { Authorization: string };
  byRule?: { Authorization: string };
  canonicalRequest: string;
}

const fixture = JSON.parse(readFileSync(new URL("./fixtures/signing-vectors.json", import.meta.url), "utf8"));
const vectors: Vector[] = fixture.vectors;

describe("the signature of a request", () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))(
    "is that of the vector %s",
    (_, vector) => {
      const authorization = parseAuthorization((vector.byRule ?? vector.official).Authorization);
      expect(authorization).toBeDefined();
      const headers: Record<string, string> = {
        host: vector.byRule ? vector.signedHost.replace(/:443$/, "") : vector.signedHost,
        "x-sdk-date": vector.request.xSdkDate,
        ...Object.fromEntries(
          Object.entries(vector.request.headers).map(([name, value]) => [name.toLowerCase(), value]),
        ),
      };
      const canonical = canonicalRequest({
        method: vector.request.method,
        path: decodeURIComponent(vector.request.path),
        query: vector.request.query.map(([name, value]) => [name, String(value)]),
        headers,
        signedHeaders: authorization?.signedHeaders ?? [],
        payloadHash:
          headers["x-sdk-content-sha256"] ??
          createHash("sha256")
            .update(vector.request.body ?? "")
            .digest("hex"),
      });
      expect(canonical).toBe(vector.canonicalRequest);
      expect(signatureOf(canonical, vector.request.xSdkDate, vector.secretKey)).toBe(
        authorization?.signature,
      );
    },
  );

  it.each([
    [
      "another algorithm",
      "V11-HMAC-SHA256 Credential=key/20260302/eu-de/fgs, SignedHeaders=host, Signature=00",
    ],
    ["no access key", "SDK-HMAC-SHA256 SignedHeaders=host, Signature=00"],
    ["no signature", "SDK-HMAC-SHA256 Access=key, SignedHeaders=host"],
    ["nothing", ""],
  ])("is not read from a header with %s", (_, header) => {
    expect(parseAuthorization(header)).toBeUndefined();
  });
});

describe("X-Sdk-Date", () => {
  it.each([
    ["20191115T033655Z", "2019-11-15T03:36:55.000Z"],
    ["2019-11-15T03:36:55Z", undefined],
    ["20191315T033655Z", undefined],
    ["", undefined],
  ])("%s is %s", (text, want) => {
    expect(parseSdkDate(text)?.toISOString()).toBe(want);
  });
});
