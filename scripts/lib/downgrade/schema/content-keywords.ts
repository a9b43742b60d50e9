import { type Json, type JsonObject, listOf } from "../../openapi.ts";
import type { SchemaRule } from "../schema.ts";
import { withSentence } from "../with-sentence.ts";

/**
 * Text encodings become `format: byte`, binary media types `format: binary`; the media type itself stays as a
 * sentence of the description.
 */
export const contentKeywords: SchemaRule = (schema) => {
  const { contentEncoding: encoding, contentMediaType: media, contentSchema: _, ...rest } = schema;
  if (encoding === undefined && media === undefined) return rest;
  const format = rest.format === undefined && isString(rest) ? formatOf(encoding, media) : undefined;
  const sentence = sentenceOf(encoding, media, format ?? rest.format);
  return withSentence(format ? { ...rest, format } : rest, sentence);
};

function isString(schema: JsonObject): boolean {
  return schema.type === "string" || listOf(schema.type).includes("string");
}

function formatOf(encoding: Json | undefined, media: Json | undefined): string | undefined {
  if (encoding === "base64") return "byte";
  return encoding === undefined && typeof media === "string" && !isText(media) ? "binary" : undefined;
}

function isText(media: string): boolean {
  return /^text\/|[/+](json|xml|yaml)\b/.test(media);
}

function sentenceOf(
  encoding: Json | undefined,
  media: Json | undefined,
  format: Json | undefined,
): string | undefined {
  const told = encoding === undefined || (encoding === "base64" && format === "byte");
  if (media !== undefined) return `Content: \`${media}\`${encoding === undefined ? "" : ` in ${encoding}`}.`;
  return told ? undefined : `Encoding: ${encoding}.`;
}
