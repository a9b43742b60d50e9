import type { Catalogue } from "../errors/catalogue.ts";

/** What the error catalogue advises, by code. */
export function remediesModule(catalogue: Catalogue): string {
  const entries = Object.entries({ ...catalogue.codes, ...catalogue.gateway }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const lines = entries.map(
    ([code, { remedy }]) => `  ${JSON.stringify(code)}: ${JSON.stringify(remedy)},\n`,
  );
  return [
    "/** What the error catalogue advises, by code. */",
    `export const remedies: Readonly<Record<string, string>> = {\n${lines.join("")}};\n`,
  ].join("\n");
}
