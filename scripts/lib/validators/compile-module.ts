import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import type { JsonObject } from "../openapi.ts";

const head =
  "// Made from the OpenAPI description by scripts/compile-validators.ts: change the description, not this file.\n";
// As JSON Schema counts characters: a pair of surrogates is one.
const codePoints =
  "const codePoints = (text) => (/[\\ud800-\\udbff]/.test(text) ? [...text].length : text.length);\n";

/**
 * The source of a JavaScript module that exports one compiled validator for each schema, by name, and imports nothing.
 * TypeScript would take seconds, and more stack than it has, to infer types that nobody needs from such code.
 */
export function compileModule(schemas: Readonly<Record<string, JsonObject>>): string {
  const ajv = new Ajv({ strict: false, messages: false, code: { source: true, esm: true } });
  const names = Object.keys(schemas);
  if (names.length === 0) return head;
  for (const name of names) ajv.addSchema(schemas[name] ?? {}, name);
  const generated = standalone.default(ajv, Object.fromEntries(names.map((name) => [name, name])));
  const code = generated
    .replace(/^"use strict";/, "")
    .replace(
      /const (\w+) = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;?/g,
      "const $1 = codePoints;",
    );
  const left = /require\([^)]*\)/.exec(code);
  if (left)
    throw new Error(`The compiled validators need ${left[0]}, which compile-module.ts does not replace yet.`);
  const lines = code.replace(/;export const /g, ";\nexport const ").replace(/;function /g, ";\nfunction ");
  return `${head}${code.includes("codePoints") ? codePoints : ""}${lines}\n`;
}
