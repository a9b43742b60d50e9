import { describe, expect, it } from "vitest";
import { innerEnd, looksOutOfMemory } from "./process-end.ts";

describe("The end of a program in bubblewrap", () => {
  it.each([
    { code: 0, signal: null, want: { code: 0, signal: null } },
    { code: 1, signal: null, want: { code: 1, signal: null } },
    { code: 128, signal: null, want: { code: 128, signal: null } },
    { code: 134, signal: null, want: { code: null, signal: "SIGABRT" } },
    { code: 137, signal: null, want: { code: null, signal: "SIGKILL" } },
    { code: 255, signal: null, want: { code: 255, signal: null } },
    { code: null, signal: "SIGKILL", want: { code: null, signal: "SIGKILL" } },
  ])("$code $signal is told as $want", ({ code, signal, want }) => {
    expect(innerEnd(code, signal)).toEqual(want);
  });

  it.each([
    { end: { code: 134, signal: null }, want: true },
    { end: { code: 133, signal: null }, want: true },
    { end: { code: null, signal: "SIGTRAP" }, want: true },
    { end: { code: null, signal: "SIGTERM" }, want: false },
    { end: { code: 1, signal: null }, want: false },
    { end: { code: 0, signal: null }, want: false },
  ])("may come from lack of memory: $end is $want", ({ end, want }) => {
    expect(looksOutOfMemory(end)).toBe(want);
  });
});
