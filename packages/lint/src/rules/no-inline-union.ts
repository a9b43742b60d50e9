import { defineRule, type Report } from "../define-rule.js";
import { arrayOf, isObject, type JsonObject, objectOf, stringsOf, typesOf } from "../json.js";
import type { Context, Rule } from "../redocly.js";
import { follow, isNamedSchema, parts, propertyOf, type SchemaAt } from "../schema-at.js";

/** A union has a name, and a value says which member of it it is. */
export const noInlineUnion: Rule = defineRule("no-inline-union", (report) => ({
  Schema(node, context) {
    const schema = objectOf(node);
    const keyword = ["oneOf", "anyOf"].find((name) => Array.isArray(schema[name]));
    if (keyword === undefined || schema["x-fg-open-enum"] === true || isNullablePair(schema)) return;
    if (!isNamedSchema(context.location)) {
      report(
        context,
        context.location.child(keyword).key(),
        `The ${keyword} stands inline; give the union a schema file of its own and reference it.`,
      );
    }
    if (keyword === "oneOf" && !isObject(schema.discriminator)) checkDisjoint(report, context, schema);
    if (isObject(schema.discriminator)) checkDiscriminator(report, context, schema, keyword);
  },
}));

function isNullablePair(schema: JsonObject): boolean {
  const members = arrayOf(schema.anyOf).filter(isObject);
  return members.length === 2 && members.some((member) => typesOf(member).join() === "null");
}

function membersOf(context: Context, schema: JsonObject, keyword: string): readonly (SchemaAt | undefined)[] {
  return arrayOf(schema[keyword]).map((member, index) =>
    follow(context, member, context.location.child([keyword, index])),
  );
}

function checkDisjoint(report: Report, context: Context, schema: JsonObject): void {
  const members = membersOf(context, schema, "oneOf").map(
    (member) => member && possibleTypes(context, member),
  );
  const types = members.flatMap((known) => known ?? []);
  const told = members.every((known) => known !== undefined);
  if (
    told &&
    new Set(types).size === types.length &&
    !(types.includes("integer") && types.includes("number"))
  )
    return;
  const message =
    "Nothing tells the members of the oneOf apart; add a discriminator with a mapping, or give each member a type of its own.";
  report(context, context.location.child("oneOf").key(), message);
}

/** The types that a value of the schema can have, each once; undefined when the schema leaves that open. */
function possibleTypes(context: Context, { schema, location }: SchemaAt): readonly string[] | undefined {
  const own = typesOf(schema);
  if (own.length > 0) return own;
  const keyword = ["oneOf", "anyOf"].find((name) => Array.isArray(schema[name]));
  if (keyword === undefined) return undefined;
  const ofMembers = arrayOf(schema[keyword]).map((node, index) => {
    const member = follow(context, node, location.child([keyword, index]));
    return member && possibleTypes(context, member);
  });
  return ofMembers.includes(undefined) ? undefined : [...new Set(ofMembers.flatMap((types) => types ?? []))];
}

function checkDiscriminator(report: Report, context: Context, schema: JsonObject, keyword: string): void {
  const { propertyName, mapping } = objectOf(schema.discriminator);
  const place = context.location.child("discriminator");
  const keysOf = new Map<JsonObject, string[]>();
  for (const [key, target] of Object.entries(objectOf(mapping))) {
    const at = follow(context, { $ref: target }, context.location);
    if (at) keysOf.set(at.schema, [...(keysOf.get(at.schema) ?? []), key]);
  }
  const allKeys = [...keysOf.values()].flat();
  for (const member of membersOf(context, schema, keyword)) {
    if (!member) continue;
    const name =
      member.location.pointer === "#/"
        ? member.location.source.absoluteRef.split("/").at(-1)
        : member.location.pointer;
    const property = propertyOf(context, member.schema, member.location, String(propertyName));
    const keys = keysOf.get(member.schema) ?? [];
    if (keys.length === 0) {
      if (keyword === "anyOf" || excludes(property, allKeys)) continue;
      report(
        context,
        place,
        `The mapping does not name ${name}; add it, or let the member exclude the mapped values with \`not\`.`,
      );
    } else if (!accepts(context, property, keys)) {
      const values = keys.map((key) => `\`${key}\``).join(" or ");
      report(
        context,
        place,
        `${name} is mapped to ${values}, but its ${String(propertyName)} has no such const; add it and require the property.`,
      );
    }
  }
}

/** True when the property admits exactly the mapped values, by a const or by an enum. */
function accepts(context: Context, property: SchemaAt | undefined, keys: readonly string[]): boolean {
  const values = property
    ? parts(context, property.schema, property.location).flatMap(({ schema }) => [
        ...stringsOf([schema.const]),
        ...stringsOf(schema.enum),
      ])
    : [];
  return keys.every((key) => values.includes(key)) && values.every((value) => keys.includes(value));
}

function excludes(property: SchemaAt | undefined, keys: readonly string[]): boolean {
  const excluded = stringsOf(objectOf(property?.schema.not).enum);
  return keys.length > 0 && keys.every((key) => excluded.includes(key));
}
