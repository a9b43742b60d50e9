import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { specFolder } from "../../scripts/lib/paths.ts";

interface Entry {
  readonly id: number;
  readonly subject: string;
  readonly readings: readonly { readonly editions: readonly string[]; readonly says: string }[];
  readonly decision: string;
  readonly reason: string;
  readonly confidence: string;
  readonly spec: readonly string[];
}

const folder = join(specFolder, "provenance", "discrepancies");
const sections = readdirSync(folder)
  .sort()
  .map((name): { section: string; title: string; entries: Entry[] } =>
    parse(readFileSync(join(folder, name), "utf8")),
  );
const entries = sections.flatMap((section) => section.entries);
const editions = Object.keys(
  parse(readFileSync(join(specFolder, "provenance", "editions.yaml"), "utf8")).editions,
);

describe("the contradictions of the documentation", () => {
  it("are all recorded, each once, in order", () => {
    expect(entries.map(({ id }) => id)).toEqual(Array.from({ length: 177 }, (_, index) => index + 1));
  });

  it.each(entries.map((entry) => [entry.id, entry] as const))(
    "number %i says who reads it how, what was decided and why",
    (_, entry) => {
      expect(entry.subject.length).toBeGreaterThan(5);
      expect(entry.readings.length).toBeGreaterThan(0);
      for (const reading of entry.readings) {
        expect(reading.editions.length).toBeGreaterThan(0);
        for (const edition of reading.editions) expect(editions).toContain(edition);
        expect(reading.says).toMatch(/\S{2}/);
      }
      expect(entry.decision).toMatch(/^\S.+\.$/s);
      expect(entry.reason.length).toBeGreaterThan(10);
      expect(["high", "medium", "low"]).toContain(entry.confidence);
      for (const file of entry.spec)
        expect(existsSync(join(specFolder, file)), `${file} is named, and does not exist`).toBe(true);
    },
  );
});
