import { describe, expect, it } from "vitest";
import { epochSeconds, formatTime } from "./time.ts";

describe("formatTime", () => {
  it.each([
    ["2026-03-02T10:15:27+01:00", "2026-03-02T09:15:27+00:00"],
    ["1999-12-31T23:59:59.999Z", "1999-12-31T23:59:59+00:00"],
  ])("writes %s as %s", (given, want) => {
    expect(formatTime(new Date(given))).toBe(want);
  });
});

describe("epochSeconds", () => {
  it("leaves fractions of a second out", () => {
    expect(epochSeconds(new Date(1772442000999))).toBe(1772442000);
  });
});
