import { describe, expect, test } from "vitest";
import { literal } from "./literal.ts";

const long = "x".repeat(60);
const rows: readonly { name: string; given: unknown; want: string }[] = [
  { name: "a text with its escapes", given: 'a "b"\n', want: '"a \\"b\\"\\n"' },
  { name: "numbers, flags and null", given: [1, true, null], want: "[1, true, null]" },
  { name: "names that need quotes", given: { ok: 1, "x-y": 2 }, want: '{ ok: 1, "x-y": 2 }' },
  { name: "what is empty", given: [{}, []], want: "[{}, []]" },
  { name: "a long list by lines", given: [long, long], want: `[\n  "${long}",\n  "${long}",\n]` },
  {
    name: "a long object by lines",
    given: { a: { b: long, c: long } },
    want: `{\n  a: {\n    b: "${long}",\n    c: "${long}",\n  },\n}`,
  },
];

describe("literal writes", () => {
  for (const { name, given, want } of rows) test(name, () => expect(literal(given)).toBe(want));
});
