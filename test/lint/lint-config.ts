import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

export const root: string = fileURLToPath(new URL("../..", import.meta.url));
export const configFile: string = join(root, "spec", "redocly.yaml");

interface Config {
  readonly rules: Readonly<Record<string, string | { readonly severity?: string }>>;
}

/** The rules of spec/redocly.yaml with their severities. */
export function configuredRules(): ReadonlyMap<string, string> {
  const config: Config = parse(readFileSync(configFile, "utf8"));
  return new Map(
    Object.entries(config.rules).map(([name, setting]) => [
      name,
      typeof setting === "string" ? setting : (setting.severity ?? "error"),
    ]),
  );
}

/** Names of all rules that the installed Redocly has for OpenAPI 3.1: what its preset `all` switches on. It exports no library to ask. */
export function builtInRules(): readonly string[] {
  const chunks = join(
    dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
    "lib",
    "chunks",
  );
  for (const file of readdirSync(chunks).filter((name) => name.endsWith(".js"))) {
    const presets = readFileSync(join(chunks, file), "utf8").matchAll(
      /rules:\{([^{}]*"no-unresolved-refs"[^{}]*)\},.{0,20000}?oas3_1Rules:\{((?:[^{}]|\{[^{}]*\})*)\}/gs,
    );
    for (const [, common = "", rules = ""] of presets) {
      if (!/:"(off|warn)"/.test(rules)) return [...namesIn(common), ...namesIn(rules)];
    }
  }
  throw new Error(
    "The preset `all` was not found in @redocly/cli; see how its chunks name it now and correct builtInRules.",
  );
}

function namesIn(source: string): readonly string[] {
  return [...source.matchAll(/(?:^|,)"?([\w.-]+)"?:(?="|\{severity)/g)].map(([, name = ""]) => name);
}
