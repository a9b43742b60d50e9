import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { enumValues } from "./enums.js";
import { errors } from "./errors.js";
import { operations } from "./operations.js";
import { other } from "./other.js";

const document = JSON.parse(
  readFileSync(new URL("../../../spec/dist/openapi.json", import.meta.url), "utf8"),
);

test("the table has the operations of the bundle in its order", () => {
  const ids = Object.values<Record<string, { operationId?: string }>>(document.paths).flatMap((item) =>
    Object.values(item).flatMap(({ operationId }) => operationId ?? []),
  );
  expect(Object.keys(operations).sort()).toEqual(ids.sort());
});

test("every path parameter of a path is in its row", () => {
  for (const [id, { path, pathParameters }] of Object.entries(operations)) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect([id, [...pathParameters].sort()]).toEqual([id, named.sort()]);
  }
});

test("every deprecated operation names a replacement that exists", () => {
  const deprecated = Object.values(operations).filter((operation) => operation.deprecated);
  expect(deprecated.map(({ replacement }) => replacement).filter((id) => !id || !(id in operations))).toEqual(
    [],
  );
});

test("the password of a sign-in and the token it returns are marked as secret", () => {
  expect(operations.createToken.secrets.request).toContain("auth.identity.password.user.password");
  expect(operations.createToken.secrets.responseHeaders).toContain("X-Subject-Token");
});

test("signing in needs no credentials, all else a token or a signature", () => {
  expect(operations.createToken.authentication).toEqual([]);
  expect(operations.createFunction.authentication).toEqual(["token", "akSk"]);
});

test("every error has a cause and a remedy", () => {
  const silent = Object.entries(errors).filter(([, { cause, remedy }]) => !cause || !remedy);
  expect(silent.map(([code]) => code)).toEqual([]);
});

test("no enumeration names a value twice", () => {
  for (const [name, values] of Object.entries(enumValues))
    expect([name, new Set<unknown>(values).size]).toEqual([name, values.length]);
});

test("another string is itself at run time", () => {
  expect(other("NEWTYPE")).toBe("NEWTYPE");
});
