import * as nodeCrypto from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import { signingVectors, wireCaptures } from "../../test/support/signing-fixtures.ts";
import type { Digests } from "./digests.ts";
import { nodeDigests } from "./node-digests.ts";
import { sign } from "./sign.ts";
import type { SignRequest } from "./sign-request.ts";
import { signWith } from "./sign-with.ts";
import { webDigests } from "./web-digests.ts";

const date = new Date("2019-11-15T03:36:55Z");
const credentials = { accessKey: "EXAMPLE-ACCESS-KEY", secretKey: "example-secret-key-not-a-real-one" };
const request = {
  method: "GET",
  url: "https://fg.example.com/v2/p/fgs/functions",
  headers: {},
} satisfies SignRequest;

const { hash: _hash, ...olderCrypto } = nodeCrypto;
const platforms: [string, Digests][] = [
  ["node:crypto", nodeDigests(nodeCrypto)],
  ["node:crypto without its one-shot hash", nodeDigests(olderCrypto)],
  ["Web Crypto", webDigests(crypto.subtle)],
];

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each(["short", "exactly-64-bytes-".padEnd(64, "x"), "longer".padEnd(100, "x"), "schlüssel-鍵", "short"])(
  "the one-shot hash makes the HMAC of %s that node:crypto makes",
  async (key) => {
    for (const text of ["a", "SDK-HMAC-SHA256\n20191115T033655Z", ""]) {
      const want = nodeCrypto.createHmac("sha256", key).update(text).digest("hex");
      expect(await nodeDigests(nodeCrypto).hmacSha256(key, text)).toBe(want);
    }
  },
);

test("a key and a text of another length leave nothing of the last ones", async () => {
  const { hmacSha256 } = nodeDigests(nodeCrypto);
  for (const [key, text] of [
    ["a".repeat(70), "longer text"],
    ["b", "text"],
    ["a".repeat(70), "t"],
  ] as const) {
    const want = nodeCrypto.createHmac("sha256", key).update(text).digest("hex");
    expect(await hmacSha256(key, text)).toBe(want);
  }
});

describe.each(platforms)("with %s", (_platform, digests) => {
  test("every vector of the documented signature comes out", async () => {
    const vectors = signingVectors();
    expect(vectors).toHaveLength(33);
    for (const { name, request, credentials, date, want } of vectors) {
      expect([name, await signWith(() => digests, request, credentials, { date })]).toEqual([name, want]);
    }
  });

  test("every request that the official SDK was seen to send gets its signature", async () => {
    const captures = wireCaptures();
    expect(captures).toHaveLength(12);
    for (const { name, request, credentials, date, want } of captures) {
      expect([name, await signWith(() => digests, request, credentials, { date })]).toEqual([name, want]);
    }
  });

  test("a body is signed the same as text, as bytes and as bytes in shared memory", async () => {
    const text = '{"key":"值"}';
    const bytes = new TextEncoder().encode(text);
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    const want = await signWith(() => digests, { ...request, body: text }, credentials, { date });
    for (const body of [bytes, shared, new Uint8Array([0, ...bytes, 0]).subarray(1, -1)]) {
      expect(await signWith(() => digests, { ...request, body }, credentials, { date })).toEqual(want);
    }
  });
});

/** The sign of a program that has just started. */
async function freshSign(): Promise<typeof sign> {
  vi.resetModules();
  return (await import("./sign.ts")).sign;
}

test("sign takes node:crypto where there is one and Web Crypto elsewhere, with the same result", async () => {
  const subtle = vi.spyOn(crypto.subtle, "sign");
  const here = await (await freshSign())(request, credentials, { date });
  expect(subtle).not.toHaveBeenCalled();
  vi.stubGlobal("process", undefined);
  expect(await (await freshSign())(request, credentials, { date })).toEqual(here);
  expect(subtle).toHaveBeenCalledOnce();
});

test("a page that has no Web Crypto is told why", async () => {
  const sign = await freshSign();
  vi.stubGlobal("process", {});
  vi.stubGlobal("crypto", {});
  await expect(sign(request, credentials)).rejects.toThrow("https: and localhost");
});

/** The names that a request with these headers gets signed. */
async function signedHeaders(headers: NonNullable<SignRequest["headers"]>): Promise<string | undefined> {
  const { Authorization } = await sign({ ...request, headers }, credentials, { date });
  return /SignedHeaders=([^,]*)/.exec(Authorization)?.[1];
}

test.each([
  ["every header that is passed in", { Accept: "*/*", "X-Custom": "1" }, "accept;host;x-custom;x-sdk-date"],
  ["no User-Agent", { "User-Agent": "a", "user-agent": "b" }, "host;x-sdk-date"],
  ["no name with an underscore", { x_custom: "1" }, "host;x-sdk-date"],
  [
    "no signature of an earlier attempt",
    { Authorization: "old", "X-Sdk-Date": "20000101T000000Z" },
    "host;x-sdk-date",
  ],
  ["a Headers object", new Headers({ Accept: "*/*" }), "accept;host;x-sdk-date"],
  ["a list of pairs", [["Accept", "*/*"]] as const, "accept;host;x-sdk-date"],
])("signed is %s", async (_what, headers, want) => {
  expect(await signedHeaders(headers)).toBe(want);
});

test("a request that was signed before gets the signature of a fresh one", async () => {
  const fresh = await sign(request, credentials, { date });
  const earlier = await sign(request, credentials, { date: new Date(0) });
  expect(await sign({ ...request, headers: earlier }, credentials, { date })).toEqual(fresh);
});

test("a Host header that is passed in is signed in place of the address's own", async () => {
  const want = await sign(
    { ...request, url: request.url.replace("fg.example.com", "other.example.com") },
    credentials,
    { date },
  );
  expect(await sign({ ...request, headers: { Host: "other.example.com" } }, credentials, { date })).toEqual(
    want,
  );
});

test("a temporary key's token is added and signed", async () => {
  const signed = await sign(request, { ...credentials, securityToken: "TEMPTOKEN+/=" }, { date });
  expect(signed["X-Security-Token"]).toBe("TEMPTOKEN+/=");
  expect(signed.Authorization).toContain("SignedHeaders=host;x-sdk-date;x-security-token,");
});

test("the payload's hash may be given, so that the body is not read", async () => {
  const headers = { "X-Sdk-Content-Sha256": "UNSIGNED-PAYLOAD" };
  const [one, other] = await Promise.all(
    ["one", "other"].map((body) =>
      sign({ ...request, method: "POST", headers, body }, credentials, { date }),
    ),
  );
  expect(one).toEqual(other);
});

test.each([
  ["a colon", "/a:b", "/a%3Ab"],
  ["a letter beyond ASCII", "/é", "/%C3%A9"],
  ["an encoded slash", "/a%2Fb", "/a/b"],
  ["a missing last slash", "/a", "/a/"],
  ["a blank in the query", "/?q=a+b", "/?q=a%20b"],
  ["the order of the query", "/?b=1&a=2&a=1", "/?a=1&a=2&b=1"],
  ["the order of names of which one begins the other", "/?a1=x&a=y", "/?a=y&a1=x"],
  ["a name without a value", "/?marker", "/?marker="],
  ["the fragment", "/#top", "/"],
])("%s is signed alike in either spelling", async (_what, one, other) => {
  const [first, second] = await Promise.all(
    [one, other].map((path) =>
      sign({ ...request, url: new URL(path, "https://fg.example.com") }, credentials, { date }),
    ),
  );
  expect(first).toEqual(second);
});

test("the time is now unless another is given", async () => {
  vi.useFakeTimers({ now: date });
  const signed = await sign(request, credentials);
  vi.useRealTimers();
  expect(signed["X-Sdk-Date"]).toBe("20191115T033655Z");
});

test("the time is that of the second in which the request is signed", async () => {
  const times = [0, 999, 1000, -1, 0].map((ms) => sign(request, credentials, { date: new Date(ms) }));
  expect((await Promise.all(times)).map((headers) => headers["X-Sdk-Date"])).toEqual([
    "19700101T000000Z",
    "19700101T000000Z",
    "19700101T000001Z",
    "19691231T235959Z",
    "19700101T000000Z",
  ]);
});

test.each([
  ["an empty access key", request, { ...credentials, accessKey: "" }, "accessKey: it is empty"],
  ["an empty secret key", request, { ...credentials, secretKey: "" }, "secretKey: it is empty"],
  ["a lone percent sign", { ...request, url: "https://fg.example.com/100%" }, credentials, "url: its path"],
])("%s is refused with a ValidationError", async (_what, request, credentials, message) => {
  const refusal = await sign(request, credentials).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ name: "ValidationError", message: expect.stringContaining(message) });
  expect(String(refusal)).not.toContain("example-secret");
});
