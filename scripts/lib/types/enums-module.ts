import { isObject, type Json, type JsonObject, objectOf } from "../openapi.ts";
import { docComment } from "./doc-comment.ts";
import { knownValues } from "./known-values.ts";
import { literal, propertyName } from "./literal.ts";

interface Enumeration {
  /** `Schema`, or `Schema.property` where the enumeration has no name of its own; dots go deeper. */
  readonly key: string;
  readonly values: readonly Json[];
  readonly open: boolean;
}

/** One array and one union type for every enumeration of a named schema or of its properties. */
export function enumsModule(document: JsonObject): string {
  const schemas = Object.entries(objectOf(objectOf(document.components).schemas));
  const found = merged(schemas.flatMap(([name, schema]) => enumerations(name, schema)));
  const exports = found.map(({ key, values, open }) => {
    const name = identifierOf(key);
    return [
      docComment(`Values of ${key}.${open ? " The service may add more." : ""}`),
      `export const ${lowerFirst(name)}Values = ${literal(values)} as const;\n`,
      docComment(open ? `A value of ${key} that is known.` : `A value of ${key}.`),
      `export type ${name}Value = (typeof ${lowerFirst(name)}Values)[number];\n`,
    ].join("");
  });
  const rows = found.map(({ key }) => ({
    key: propertyName(key),
    array: `${lowerFirst(identifierOf(key))}Values`,
  }));
  const type = rows.map(({ key, array }) => `  readonly ${key}: typeof ${array};\n`);
  const table = rows.map(({ key, array }) => `  ${key}: ${array},\n`);
  return [
    ...exports,
    "/** All of them by the name of their schema, or of schema and property. */",
    `export const enumValues: {\n${type.join("")}} = {\n${table.join("")}};\n`,
  ].join("\n");
}

function enumerations(key: string, schema: Json): Enumeration[] {
  if (!isObject(schema)) return [];
  const own = knownValues(schema);
  if (own) return [{ key, ...own }];
  const parts: [string, Json | undefined][] = [
    ...Object.entries(objectOf(schema.properties)).map(([name, part]): [string, Json] => [
      `${key}.${name}`,
      part,
    ]),
    [key, schema.items],
    [`${key}.*`, schema.additionalProperties],
    ...["allOf", "anyOf", "oneOf"].flatMap((keyword) => {
      const branches = schema[keyword];
      return Array.isArray(branches) ? branches.map((branch): [string, Json] => [key, branch]) : [];
    }),
  ];
  return parts.flatMap(([name, part]) => (part === undefined ? [] : enumerations(name, part)));
}

/** Enumerations of one key are branches of a choice: their values belong together. */
function merged(found: readonly Enumeration[]): Enumeration[] {
  const byIdentifier = new Map<string, Enumeration>();
  for (const one of found) {
    const other = byIdentifier.get(identifierOf(one.key));
    if (other && other.key !== one.key) {
      throw new Error(
        `The enumerations ${other.key} and ${one.key} would have the same name: name one of them otherwise.`,
      );
    }
    const values = [...new Set([...(other?.values ?? []), ...one.values])];
    byIdentifier.set(identifierOf(one.key), { ...one, values, open: one.open || (other?.open ?? false) });
  }
  return [...byIdentifier.values()];
}

/** `TimerEvent.schedule_type` → `TimerEventScheduleType`. */
function identifierOf(key: string): string {
  return key
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join("");
}

function lowerFirst(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
