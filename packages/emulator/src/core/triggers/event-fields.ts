import { errors } from "@functiongraph/types/errors";
import type { Json } from "../../store/store.ts";
import { ServiceError } from "../service-error.ts";
import { type FieldFault, fieldCode } from "./field-code.ts";
import type { EventData } from "./records.ts";
import { secretFields } from "./secret-fields.ts";

export interface TextRule {
  /** Characters. */
  readonly max?: number;
  /** Whether the text may be empty. */
  readonly empty?: true;
  readonly oneOf?: readonly string[];
}

/** Reads the fields of `event_data` one by one; each refusal has the code of the type and names the field. */
export interface EventFields {
  text(field: string, rule?: TextRule): string;
  optionalText(field: string, rule?: TextRule): string | undefined;
  integer(field: string, min: number, max: number): number;
  optionalInteger(field: string, min: number, max: number): number | undefined;
  optionalBoolean(field: string): boolean | undefined;
  /** An array of texts, of which at least one must be there. */
  texts(field: string): string[];
  optionalTexts(field: string): string[] | undefined;
  object(field: string): EventFields | undefined;
  /** The value as it is. */
  value(field: string): Json | undefined;
  /** The refusal of a field. */
  refuse(field: string, what: string, fault?: FieldFault): ServiceError;
}

/** A reader of the settings of a trigger of a type. */
export function eventFields(type: string, data: EventData, path = "event_data"): EventFields {
  const refuse = (field: string, what: string, fault: FieldFault = "wrong"): ServiceError => {
    const code = fieldCode(type, field, fault);
    return new ServiceError(code, `${errors[code].message} ${path}.${field} ${what}.`);
  };
  const value = (field: string): Json | undefined => (Object.hasOwn(data, field) ? data[field] : undefined);
  const required = <T>(field: string, read: T | undefined): T => {
    if (read === undefined) throw refuse(field, "is missing", "missing");
    return read;
  };

  const optionalText = (field: string, rule: TextRule = {}): string | undefined => {
    const text = value(field);
    if (text === undefined) return undefined;
    if (typeof text !== "string")
      throw refuse(field, `must be a string${secretFields.has(field) ? "" : ` and is ${describe(text)}`}`);
    if (text === "" && !rule.empty) throw refuse(field, "must not be empty", "missing");
    const length = [...text].length;
    if (rule.max !== undefined && length > rule.max) {
      throw refuse(field, `must have at most ${rule.max} characters and has ${length}`, "too long");
    }
    if (rule.oneOf && !rule.oneOf.includes(text))
      throw refuse(field, `must be ${alternatives(rule.oneOf)} and is ${describe(text)}`);
    return text;
  };

  const optionalInteger = (field: string, min: number, max: number): number | undefined => {
    const number = value(field);
    if (number === undefined) return undefined;
    if (typeof number !== "number" || !Number.isInteger(number) || number < min || number > max) {
      throw refuse(field, `must be an integer from ${min} to ${max} and is ${describe(number)}`);
    }
    return number;
  };

  const optionalBoolean = (field: string): boolean | undefined => {
    const flag = value(field);
    if (flag === undefined || typeof flag === "boolean") return flag;
    throw refuse(field, `must be true or false and is ${describe(flag)}`);
  };

  const optionalTexts = (field: string): string[] | undefined => {
    const list = value(field);
    if (list === undefined) return undefined;
    if (!Array.isArray(list)) throw refuse(field, `must be an array of strings and is ${describe(list)}`);
    return list.map((text: Json, index) => {
      if (typeof text !== "string" || text === "")
        throw refuse(field, `must be an array of strings, and entry ${index} is ${describe(text)}`);
      return text;
    });
  };

  return {
    value,
    refuse,
    optionalText,
    optionalInteger,
    optionalBoolean,
    optionalTexts,
    text: (field, rule) => required(field, optionalText(field, rule)),
    integer: (field, min, max) => required(field, optionalInteger(field, min, max)),
    texts: (field) => {
      const list = required(field, optionalTexts(field));
      if (list.length === 0) throw refuse(field, "must have at least one entry", "missing");
      return list;
    },
    object: (field) => {
      const inner = value(field);
      if (inner === undefined) return undefined;
      if (!isEventData(inner)) throw refuse(field, `must be an object and is ${describe(inner)}`);
      return eventFields(type, inner, `${path}.${field}`);
    },
  };
}

/** Whether a value is an object. */
export function isEventData(value: unknown): value is EventData {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as messages show it. */
export function describe(value: Json): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}...` : value);
}

function alternatives(values: readonly string[]): string {
  return `${values.slice(0, -1).join(", ")}${values.length > 1 ? " or " : ""}${values.at(-1)}`;
}

/** An object without what is undefined. */
export function defined(data: EventData): EventData {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
