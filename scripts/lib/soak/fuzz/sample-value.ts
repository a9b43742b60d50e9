import { dereference, isObject, type Json, type JsonObject, listOf, objectOf } from "../../openapi.ts";
import type { Random } from "./random.ts";

/** A value that mostly fits a schema: bounds are liked, patterns are guessed. */
export function sampleValue(document: JsonObject, given: JsonObject, random: Random, depth = 0): Json {
  const schema = dereference(document, given);
  if (schema.const !== undefined) return schema.const;
  const alternatives = [...listOf(schema.anyOf), ...listOf(schema.oneOf)].filter(isObject);
  if (alternatives.length > 0) {
    const base = isObject(schema.properties) ? sampleObject(document, schema, random, depth) : {};
    const chosen = sampleValue(document, random.any(alternatives) ?? {}, random, depth);
    return isObject(chosen) ? { ...base, ...chosen } : chosen;
  }
  const values = listOf(schema.enum);
  if (values.length > 0) return random.any(values) ?? null;
  const parts = listOf(schema.allOf).filter(isObject);
  if (parts.length > 0) {
    const sampled = parts.map((part) => objectOf(sampleValue(document, part, random, depth)));
    return Object.assign(sampleObject(document, schema, random, depth), ...sampled);
  }
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? "object"];
  switch (random.any(types)) {
    case "string":
      return sampleText(schema, random);
    case "integer":
    case "number":
      return sampleNumber(schema, random);
    case "boolean":
      return random.chance(0.5);
    case "array":
      return Array.from({ length: random.below(3) }, () =>
        sampleValue(document, objectOf(schema.items), random, depth + 1),
      );
    case "null":
      return null;
    default:
      return sampleObject(document, schema, random, depth);
  }
}

function sampleObject(document: JsonObject, schema: JsonObject, random: Random, depth: number): JsonObject {
  const required = new Set(listOf(schema.required));
  const wanted = Object.entries(objectOf(schema.properties)).filter(
    ([name]) => required.has(name) || (depth < 6 && random.chance(0.3)),
  );
  return Object.fromEntries(
    wanted.map(([name, property]) => [name, sampleValue(document, objectOf(property), random, depth + 1)]),
  );
}

function sampleNumber({ minimum, maximum }: JsonObject, random: Random): number {
  const low = typeof minimum === "number" ? minimum : 0;
  const high = typeof maximum === "number" ? maximum : low + 1000;
  const between = low + random.below(Math.max(1, high - low + 1));
  return random.pick([low, high, between, between, between]);
}

function sampleText(schema: JsonObject, random: Random): string {
  const example = random.any(listOf(schema.examples));
  if (typeof example === "string" && random.chance(0.5)) return example;
  if (typeof schema.pattern === "string" && /^\^\[0-9]/.test(schema.pattern)) return String(random.below(50));
  const text = random.pick([
    "a",
    "orders",
    "hello-orders",
    "v1",
    "index.handler",
    "eA==",
    "2026-03-02T10:00:00",
    "B7",
    "x".repeat(40),
  ]);
  const least = typeof schema.minLength === "number" ? schema.minLength : 0;
  const most = typeof schema.maxLength === "number" ? schema.maxLength : 64;
  return text.padEnd(least, "y").slice(0, Math.max(least, most));
}
