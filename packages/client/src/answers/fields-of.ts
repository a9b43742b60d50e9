import { parseJson } from "./parse-json.ts";

/** The fields of the object that a text is the JSON of; none when it is anything else. */
export function fieldsOf(text: unknown): Readonly<Record<string, unknown>> {
  // `as`: parseJson finds no JSON in what is not text, and destructuring finds nothing in what is no object.
  return (parseJson(text as string) ?? {}) as Record<string, unknown>;
}
