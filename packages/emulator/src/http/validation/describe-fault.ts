import { codePoints } from "./code-points.ts";
import type { Fault } from "./request-module.ts";

/** A fault in words: which field, and what is wrong with it. */
export interface DescribedFault {
  /** Dots go deeper and brackets hold positions, as in `tags[0].key`; empty for the whole body. */
  readonly field: string;
  readonly keyword: string;
  /** A sentence in plain English, as in `timeout must be at least 3 and is 1.` */
  readonly sentence: string;
}

/**
 * Words the faults of a validator.
 * @param isSecret tells of a field whether its value must not be repeated.
 */
export function describeFault(
  faults: readonly Fault[],
  root: unknown,
  isSecret: (field: string) => boolean,
): DescribedFault {
  const last = faults.at(-1);
  const alternatives =
    last?.keyword === "anyOf" || last?.keyword === "oneOf"
      ? faults.filter((fault) => fault.instancePath === last.instancePath)
      : [];
  // Compiled validators stop at the first fault, which all others follow from.
  const fault = alternatives[0] ?? faults[0] ?? { instancePath: "", keyword: "", params: {} };
  const place = fieldName(fault.instancePath);
  if (fault.keyword === "required") {
    const field = joined(place, String(fault.params.missingProperty));
    return { field, keyword: "required", sentence: `${field} is missing.` };
  }
  const value = valueAt(root, fault.instancePath);
  const rules = [
    ...new Set((alternatives.length > 0 ? alternatives.slice(0, -1) : [fault]).map((each) => ruleOf(each))),
  ];
  const shown = isSecret(place) ? "" : ` and ${stateOf(fault, value)}`;
  return {
    field: place,
    keyword: fault.keyword,
    sentence: `${place || "The body"} must ${rules.join(" or ")}${shown}.`,
  };
}

function ruleOf({ keyword, params }: Fault): string {
  const limit = Number(params.limit);
  switch (keyword) {
    case "type":
      return `be ${String(params.type)
        .split(",")
        .map((type) => typeNames[type] ?? type)
        .join(" or ")}`;
    case "minimum":
      return `be at least ${limit}`;
    case "maximum":
      return `be at most ${limit}`;
    case "multipleOf":
      return `be a multiple of ${params.multipleOf}`;
    case "minLength":
      return `have at least ${count(limit, "character")}`;
    case "maxLength":
      return `have at most ${count(limit, "character")}`;
    case "minItems":
      return `have at least ${count(limit, "entry")}`;
    case "maxItems":
      return `have at most ${count(limit, "entry")}`;
    case "maxProperties":
      return `have at most ${count(limit, "property")}`;
    case "pattern":
      return `match ${params.pattern}`;
    case "const":
      return `be ${JSON.stringify(params.allowedValue)}`;
    case "enum":
      return oneOf(params.allowedValues);
    default:
      return "have one of the documented forms";
  }
}

function stateOf({ keyword }: Fault, value: unknown): string {
  if ((keyword === "minLength" || keyword === "maxLength") && typeof value === "string")
    return `has ${codePoints(value)}`;
  if ((keyword === "minItems" || keyword === "maxItems") && Array.isArray(value))
    return `has ${value.length}`;
  if (keyword === "maxProperties" && typeof value === "object" && value !== null)
    return `has ${Object.keys(value).length}`;
  return `is ${shownValue(value)}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  null: "null",
};

function oneOf(values: unknown): string {
  const list = Array.isArray(values) ? values.map((value) => String(value)) : [];
  return list.length === 1 ? `be ${list[0]}` : `be one of ${list.join(", ")}`;
}

function count(limit: number, unit: string): string {
  const plural = unit.endsWith("y") ? `${unit.slice(0, -1)}ies` : `${unit}s`;
  return `${limit} ${limit === 1 ? unit : plural}`;
}

function shownValue(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** `/tags/0/key` as `tags[0].key`. */
function fieldName(pointer: string): string {
  return partsOf(pointer).reduce(
    (field, part) => (/^\d+$/.test(part) ? `${field}[${part}]` : joined(field, part)),
    "",
  );
}

function joined(field: string, part: string): string {
  return field === "" ? part : `${field}.${part}`;
}

function valueAt(root: unknown, pointer: string): unknown {
  return partsOf(pointer).reduce<unknown>(
    // What is neither null nor undefined has properties, if only inherited ones.
    (value, part) =>
      value === null || value === undefined ? undefined : (value as Record<string, unknown>)[part],
    root,
  );
}

function partsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
