import { defineRule, type Report } from "../define-rule.js";
import { isObject, type JsonObject, objectOf, refOf, typesOf } from "../json.js";
import type { Context, Location, Place, Rule } from "../redocly.js";
import { follow } from "../schema-at.js";

const EXTENSION = "x-fg-secret";
const SECRET_NAME =
  /(^|[_-])(password|passwd|secret|token|ak|sk)$|(private|access|secret)[_-]?key(_id)?$|[a-z](Password|Secret|Token|AccessKey|SecretKey)$/i;

/** Passwords, keys and tokens are marked, and no example shows one that could be real. */
export const secretsMarked: Rule = defineRule("secrets-marked", (report) => ({
  Parameter(node, context) {
    checkHolder(report, context, node, String(objectOf(node).name));
  },
  Header(node, context) {
    checkHolder(report, context, node, String(context.key));
  },
  Schema(schema, context) {
    for (const [name, property] of Object.entries(objectOf(objectOf(schema).properties))) {
      if (!isSecretName(name)) continue;
      const location = context.location.child(["properties", name]);
      const target = follow(context, property, location);
      const node = { ...target?.schema, ...objectOf(property) };
      if (typesOf(node).includes("string") && node[EXTENSION] !== true)
        unmarked(report, context, location, `Property ${name}`);
      if (refOf(property) === undefined)
        for (const keyword of ["example", "default", "const"])
          checkValue(report, context, location.child(keyword), name, node[keyword]);
    }
  },
  Example(node, context) {
    walk(report, context, objectOf(node).value, context.location.child("value"));
  },
  MediaType(node, context) {
    walk(report, context, objectOf(node).example, context.location.child("example"));
  },
}));

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

function checkHolder(report: Report, context: Context, holder: unknown, name: string): void {
  if (!isSecretName(name)) return;
  const node: JsonObject = objectOf(holder);
  const schema = follow(context, node.schema, context.location.child("schema"))?.schema;
  const marked = node[EXTENSION] === true || schema?.[EXTENSION] === true;
  if (schema && typesOf(schema).includes("string") && !marked)
    unmarked(report, context, context.location, `${context.type.name} ${name}`);
  checkValue(report, context, context.location.child("example"), name, node.example);
}

function unmarked(report: Report, context: Context, place: Place, what: string): void {
  report(
    context,
    place,
    `${what} holds a secret but is not marked, so tools may print it; add \`${EXTENSION}: true\`.`,
  );
}

/** Looks at every value whose key says that it is a secret, in JSON that stands inside a string, too. */
function walk(report: Report, context: Context, value: unknown, location: Location): void {
  if (typeof value === "string" && /^\s*[{[]/.test(value)) {
    walkText(report, context, value, location);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(report, context, item, location.child(index));
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const place = location.child(key);
      if (isSecretName(key)) checkValue(report, context, place, key, item);
      walk(report, context, item, place);
    }
  }
}

function walkText(report: Report, context: Context, text: string, location: Location): void {
  const inner: Report = (innerContext, _place, message) => report(innerContext, location, message);
  try {
    walk(inner, context, JSON.parse(text), location);
  } catch {
    // Text that only looks like JSON holds no keys to look at.
  }
}

function checkValue(report: Report, context: Context, place: Place, name: string, value: unknown): void {
  if (typeof value !== "string" || value === "" || /example/i.test(value) || /^[*x]+$/i.test(value)) return;
  report(
    context,
    place,
    `The example of ${name} could be a real secret; write a value that contains \`example\`, or a mask such as \`******\`.`,
  );
}
