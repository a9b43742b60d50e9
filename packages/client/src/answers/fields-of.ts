import { parseJson } from "./parse-json.ts";

/** The fields of the object that a text is the JSON of; none when it is anything else. */
export function fieldsOf(text: string | null | undefined): Readonly<Record<string, unknown>> {
  const value = parseJson(text ?? "");
  return typeof value === "object" && value ? { ...value } : {};
}
