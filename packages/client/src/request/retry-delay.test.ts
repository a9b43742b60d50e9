import { expect, test } from "vitest";
import { retryDelay } from "./retry-delay.ts";

const now = Date.parse("2026-03-02T09:00:00Z");

test.each<[string, number, string | null, number, number]>([
  ["the first pause without chance", 0, null, 0, 200],
  ["the first pause with all of it", 0, null, 1, 100],
  ["the third pause", 2, null, 0, 800],
  ["the longest pause", 30, null, 0, 20_000],
  ["seconds", 0, "3", 0.5, 3000],
  ["no seconds", 0, "0", 0.5, 0],
  ["a date", 0, "Mon, 02 Mar 2026 09:00:05 GMT", 0.5, 5000],
  ["a date that is over", 0, "Mon, 02 Mar 2026 08:00:00 GMT", 0, 200],
  ["nonsense", 1, "soon", 0, 400],
])("%s", (_what, retries, header, random, want) => {
  expect(retryDelay(retries, header, now, random)).toBe(want);
});
