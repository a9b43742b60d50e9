import { type JsonObject, listOf } from "../../openapi.ts";
import type { SchemaRule } from "../schema.ts";

/**
 * A schema that holds for null alone. The type beside `nullable` is what 3.0 demands; the enumeration leaves
 * nothing of it.
 */
const onlyNull: JsonObject = { type: "object", nullable: true, enum: [null] };

/**
 * One type of the list stays `type`, null becomes `nullable`, and several types become branches of `anyOf`.
 */
export const typeList: SchemaRule = (schema) => {
  if (schema.type === "null") return { ...schema, ...onlyNull };
  if (!Array.isArray(schema.type)) return schema;
  const { type, ...rest } = schema;
  const names = listOf(type).filter((name) => name !== "null");
  const nullable: JsonObject = listOf(type).includes("null") ? { nullable: true } : {};
  const [first] = names;
  if (first === undefined) return { ...rest, ...onlyNull };
  if (names.length === 1) return { type: first, ...nullable, ...rest };
  const branches = names.map((name) => ({
    type: name,
    ...nullable,
    ...(name === "array" ? { items: rest.items ?? {} } : {}),
  }));
  const { items: _, anyOf, ...others } = rest;
  return anyOf === undefined
    ? { ...others, anyOf: branches }
    : { ...others, allOf: [...listOf(others.allOf), { anyOf }, { anyOf: branches }] };
};
