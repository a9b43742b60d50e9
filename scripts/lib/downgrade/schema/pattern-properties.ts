import { objectOf } from "../../openapi.ts";
import type { SchemaRule } from "../schema.ts";

/** Without patterns, every further property may look like any of those that the patterns name. */
export const patternProperties: SchemaRule = (schema) => {
  if (schema.patternProperties === undefined) return schema;
  const { patternProperties: patterns, additionalProperties: further, ...rest } = schema;
  const parts = Object.values(objectOf(patterns));
  if (further === undefined || further === true) return { ...rest, additionalProperties: true };
  const choices = further === false ? parts : [...parts, further];
  const [first] = choices;
  return {
    ...rest,
    additionalProperties: choices.length === 1 && first !== undefined ? first : { anyOf: choices },
  };
};
