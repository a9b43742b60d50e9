import { expect, test } from "vitest";
import { serializePath } from "./serialize-path.ts";

test.each([
  ["urn:fss:eu-de:p:function:default:a:!prod", "/f/urn:fss:eu-de:p:function:default:a:!prod/c"],
  ["a/b", "/f/a%2Fb/c"],
  ["函数 %", "/f/%E5%87%BD%E6%95%B0%20%25/c"],
  ["$& $1", "/f/%24%26%20%241/c"],
  [7, "/f/7/c"],
])("%s", (value, want) => {
  expect(serializePath("/f/{function_urn}/c", { function_urn: value })).toBe(want);
});

test("what has no value stays in its braces", () => {
  expect(serializePath("/v2/{project_id}/{name}", { name: "n" })).toBe("/v2/{project_id}/n");
});
