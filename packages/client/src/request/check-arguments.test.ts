import { expect, test } from "vitest";
import { forEachSeed } from "../../test/support/seeded.ts";
import { operations } from "../methods/operation.ts";
import { isUrn } from "../urn/index.ts";
import { checkArguments } from "./check-arguments.ts";

const operation = operations().find(({ id }) => id === "showVersionAlias");
if (!operation) throw new Error("There is no such operation.");

function accepts(path: Record<string, unknown>): boolean {
  try {
    if (operation)
      checkArguments(operation, { alias_name: "prod", function_urn: "hello", ...path }, undefined);
    return true;
  } catch {
    return false;
  }
}

test.each([undefined, null, "", ".", ".."])("%j is no path parameter", (value) => {
  expect(accepts({ alias_name: value })).toBe(false);
});

test.each(["...", 0, "a b", "a/b"])("%j is one", (value) => {
  expect(accepts({ alias_name: value })).toBe(true);
});

test.each([
  "hello",
  "default:hello",
  "p:default:hello",
  "p:default:hello:!prod",
  "urn:fss:eu-de:p:function:default:hello:1.0",
])("%s is a function", (urn) => {
  expect(accepts({ function_urn: urn })).toBe(true);
});

test.each([
  "urn:fss:eu-de",
  "urn:fss:eu-de:p:trigger:default:hello",
  "a:!b",
  "a:b:c:d:e",
  "hello?x",
  "a%3Ab",
  "a".repeat(270),
])("%s is none", (urn) => {
  expect(accepts({ function_urn: urn })).toBe(false);
});

test("whatever ./urn refuses is refused here, dots and percent-encoding apart", async () => {
  await forEachSeed(5000, (random) => {
    const text = random.text("urn:fs:!/\\?#a functio", 1, 30);
    if (accepts({ function_urn: text })) expect([text, isUrn(text)]).toEqual([text, true]);
  });
});

test("whatever ./urn takes apart is accepted here", async () => {
  await forEachSeed(2000, (random) => {
    const name = (): string => random.text("abcXYZ019-_é", 2, 12);
    const text = random.pick([
      name(),
      `${name()}:${name()}`,
      `p:${name()}:${name()}`,
      `urn:fss:r:p:function:${name()}:${name()}:!${name()}`,
    ]);
    expect([text, accepts({ function_urn: text })]).toEqual([text, isUrn(text)]);
  });
});
