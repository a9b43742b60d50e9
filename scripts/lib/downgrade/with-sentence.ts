import type { JsonObject } from "../openapi.ts";

/** Adds a sentence to the description of an object. */
export function withSentence(value: JsonObject, sentence: string | undefined): JsonObject {
  if (!sentence) return value;
  return { ...value, description: value.description ? `${value.description} ${sentence}` : sentence };
}
