import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Catalogue } from "../../scripts/lib/errors/catalogue.ts";
import { operationsOf } from "../../scripts/lib/openapi.ts";
import { distFolder } from "../../scripts/lib/paths.ts";
import { readBundle } from "./bundle.ts";

const catalogue: Catalogue = JSON.parse(readFileSync(join(distFolder, "errors.json"), "utf8"));
const codes = Object.entries(catalogue.codes);

describe("the error catalogue", () => {
  it("has the 164 codes of the documentation", () => {
    expect(codes).toHaveLength(164);
  });

  it.each([...codes, ...Object.entries(catalogue.gateway)])("%s tells its cause and a remedy", (_, entry) => {
    expect(entry.cause).toMatch(/^[A-Z`].{15,}\.$/s);
    expect(entry.remedy).toMatch(/^[A-Z`].{10,}\.$/s);
    expect(entry.cause).not.toBe(entry.message);
  });

  it("names the operations of every code, or says why there is none", () => {
    const ids = new Set(operationsOf(readBundle()).map(({ operationId }) => operationId));
    for (const [code, entry] of [...codes, ...Object.entries(catalogue.gateway)]) {
      expect(
        entry.operations.length > 0 || entry.scope !== undefined,
        `${code} has neither operations nor a scope`,
      ).toBe(true);
      for (const id of entry.operations) expect(ids.has(id), `${code}: ${id}`).toBe(true);
    }
  });
});
