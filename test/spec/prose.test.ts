import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Json } from "../../scripts/lib/openapi.ts";
import { specFolder } from "../../scripts/lib/paths.ts";
import { shinglesOf, unpack } from "../../scripts/lib/prose/shingles.ts";
import { ownTexts } from "../../scripts/lib/prose/texts.ts";
import { readBundle } from "./bundle.ts";

const documented = unpack(readFileSync(join(specFolder, "provenance", "shingles.bin")));

function copiedRuns(value: Json): string[] {
  return ownTexts(value).flatMap(({ where, text }) =>
    [...shinglesOf(text)].filter(({ hash }) => documented.has(hash)).map(({ words }) => `${where}: ${words}`),
  );
}

function yamlIn(folder: string): Json[] {
  return readdirSync(join(specFolder, folder))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => parse(readFileSync(join(specFolder, folder, name), "utf8")));
}

describe("our own words", () => {
  it("share no run of nine words with the documentation in the description", () => {
    expect(copiedRuns(readBundle())).toEqual([]);
  });

  it("share none in the error catalogue and in the provenance", () => {
    for (const folder of ["errors", "provenance/discrepancies", "provenance/exceptions"]) {
      for (const document of yamlIn(folder)) expect(copiedRuns(document)).toEqual([]);
    }
  });

  it("are compared with the real editions: a planted sentence is found", () => {
    const sentence = [
      "Maximum",
      "duration",
      "the",
      "function",
      "can",
      "be",
      "executed.",
      "Value",
      "range:",
      "3s–900s.",
    ].join(" ");
    expect(copiedRuns({ description: `Timeout. ${sentence}` })).not.toEqual([]);
  });
});
