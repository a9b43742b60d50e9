import { describe, expect, it } from "vitest";
import { pack, shinglesOf, unpack } from "./shingles.ts";

const source = "The quick brown fox jumps over the lazy dog and runs away.";
const known = unpack(pack([source]));
const copied = (text: string) =>
  [...shinglesOf(text)].filter(({ hash }) => known.has(hash)).map(({ words }) => words);

describe("shingles", () => {
  it.each([
    ["a run of nine words", "He said: the quick brown fox jumps over the lazy dog!", 1],
    [
      "a run behind markup and in another case",
      "**The** <b>QUICK</b> brown `fox` jumps over the lazy dog",
      1,
    ],
    ["a run of ten words, twice", "quick brown fox jumps over the lazy dog and runs", 2],
    ["no run of eight words", "quick brown fox jumps over the lazy dog", 0],
    ["no words of ours", "A slow brown fox walks around the lazy dog and stays there.", 0],
  ])("find %s", (_, text, count) => {
    expect(copied(text)).toHaveLength(count);
  });

  it("do not hold the text", () => {
    expect(pack([source]).toString("latin1")).not.toMatch(/quick|brown|jumps/i);
  });
});
