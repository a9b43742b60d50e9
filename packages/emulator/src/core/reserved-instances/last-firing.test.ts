import { describe, expect, it } from "vitest";
import { parseCron } from "../schedule/parse-cron.ts";
import { lastFiring } from "./last-firing.ts";

describe("lastFiring", () => {
  it.each([
    ["0 0 6 * * *", "2026-03-01T00:00:00Z", "2026-03-02T05:59:59Z", "2026-03-01T06:00:00.000Z"],
    ["0 0 6 * * *", "2026-03-01T00:00:00Z", "2026-03-02T06:00:00Z", "2026-03-02T06:00:00.000Z"],
    ["0 0 6 * * *", "2026-03-02T06:00:00Z", "2026-03-02T07:00:00Z", "2026-03-02T06:00:00.000Z"],
    ["0 0 6 * * *", "2026-03-02T06:00:01Z", "2026-03-02T07:00:00Z", undefined],
    ["* * * * * *", "2026-03-01T00:00:00Z", "2026-03-02T07:00:00.999Z", "2026-03-02T07:00:00.000Z"],
    ["0 0 0 29 2 ?", "2020-01-01T00:00:00Z", "2026-03-02T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["0 0 0 30 2 ?", "2020-01-01T00:00:00Z", "2026-03-02T00:00:00Z", undefined],
  ])("finds the last time of %s from %s to %s", (cron, start, now, want) => {
    const found = lastFiring(parseCron(cron), Date.parse(start), Date.parse(now));
    expect(found === undefined ? undefined : new Date(found).toISOString()).toBe(want);
  });
});
