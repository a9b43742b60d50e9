import { isObject, type Json } from "../openapi.ts";

/** A text of ours with the place where it stands. */
export interface OwnText {
  readonly where: string;
  readonly text: string;
}

const keys = new Set([
  "description",
  "summary",
  "title",
  "cause",
  "remedy",
  "scope",
  "reason",
  "decision",
  "subject",
  "says",
]);

/** Every text written for people in a document: descriptions and summaries, not names, values and wire messages. */
export function ownTexts(value: Json, where = ""): OwnText[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => ownTexts(item, `${where}/${index}`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const place = `${where}/${key}`;
    if (typeof member === "string") return keys.has(key) ? [{ where: place, text: member }] : [];
    // What an example or an enumeration holds are values.
    return key === "value" || key === "enum" || key === "x-fg-errors" ? [] : ownTexts(member, place);
  });
}
