import { expect, test } from "vitest";
import { type Failure, isRetried } from "./retry-rules.ts";

const failures: Failure[] = [
  "refused",
  "network",
  408,
  429,
  502,
  503,
  504,
  400,
  401,
  403,
  404,
  409,
  500,
  501,
];

test("what does the same when done twice is sent again after trouble that passes", () => {
  for (const method of ["GET", "PUT", "DELETE"]) {
    expect(failures.filter((failure) => isRetried(method, failure, undefined))).toEqual([
      "refused",
      "network",
      408,
      429,
      502,
      503,
      504,
    ]);
  }
});

test("POST is sent again only when nothing was done", () => {
  expect(failures.filter((failure) => isRetried("POST", failure, undefined))).toEqual(["refused", 429]);
  expect(isRetried("POST", 503, "APIGW.0308")).toBe(true);
  expect(isRetried("POST", 503, "FSS.0503")).toBe(false);
});
