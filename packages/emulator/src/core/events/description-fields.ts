import type { Json } from "../../store/store.ts";
import { ServiceError } from "../service-error.ts";
import { describe, isEventData } from "../triggers/event-fields.ts";

/** A JSON object that describes an event. */
export type Description = { readonly [field: string]: Json | undefined };

/** Reads the fields of a description one by one. Every refusal names the field and says what belongs there. */
export interface DescriptionFields {
  /** @param what what the field is, as in `the name of the bucket, such as "orders"`. */
  text(field: string, what: string): string;
  optionalText(field: string, what: string): string | undefined;
  optionalInteger(field: string, what: string): number | undefined;
  optionalFlag(field: string, what: string): boolean | undefined;
  object(field: string, what: string): Description | undefined;
  /** A list with at least one entry. */
  list(field: string, what: string): readonly Json[];
  /** The same with texts in it: what is no text becomes JSON. */
  texts(field: string, what: string): readonly string[];
  value(field: string): Json | undefined;
  /** The refusal of a field. */
  refuse(field: string, problem: string): ServiceError;
}

/**
 * A reader of the description of an event of a type.
 * @returns it, with a check that refuses fields that nobody has asked for: they are misspelt.
 */
export function descriptionFields(
  type: string,
  description: Description,
): DescriptionFields & { refuseOthers(): void } {
  const known = new Set<string>();
  const refuse = (field: string, problem: string): ServiceError =>
    new ServiceError(
      "FSS.0400",
      `Invalid parameter. ${type}: ${field} ${problem}. GET /_emulator/events shows an example.`,
    );
  const value = (field: string): Json | undefined => {
    known.add(field);
    return Object.hasOwn(description, field) ? description[field] : undefined;
  };
  const required = <T>(field: string, what: string, found: T | undefined): T => {
    if (found === undefined) throw refuse(field, `is missing: it is ${what}`);
    return found;
  };
  /** The value of a field that must be of some form. */
  const checked =
    <T extends Json>(form: string, isForm: (found: Json) => found is T) =>
    (field: string, what: string): T | undefined => {
      const found = value(field);
      if (found === undefined || isForm(found)) return found;
      throw refuse(field, `must be ${form} and is ${describe(found)}: it is ${what}`);
    };

  const optionalText = checked("a text", (found) => typeof found === "string");
  const list = checked("a list", (found): found is readonly Json[] => Array.isArray(found));
  const filled = (field: string, what: string): readonly Json[] => {
    const entries = required(field, what, list(field, what));
    if (entries.length === 0) throw refuse(field, `must have at least one entry: it is ${what}`);
    return entries;
  };
  return {
    value,
    refuse,
    optionalText,
    text: (field, what) => {
      const text = required(field, what, optionalText(field, what));
      if (text === "") throw refuse(field, `must not be empty: it is ${what}`);
      return text;
    },
    optionalInteger: checked(
      "a whole number from 0 on",
      (found): found is number => typeof found === "number" && Number.isSafeInteger(found) && found >= 0,
    ),
    optionalFlag: checked("true or false", (found) => typeof found === "boolean"),
    object: checked("an object", (found): found is Description => isEventData(found)),
    list: filled,
    texts: (field, what) => filled(field, what).map(textOf),
    refuseOthers: () => {
      const other = Object.keys(description).find((field) => !known.has(field));
      if (other === undefined) return;
      const fields = [...known].join(", ");
      throw refuse(other.slice(0, 80), `is none of its fields, which are ${fields}`);
    },
  };
}

/** A text as it is, and anything else as JSON. */
export function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
