import { types } from "node:util";
import { OptionError } from "./option-error.ts";

/** Takes a value of an option, or refuses it. @throws OptionError that names the option and the remedy */
export type Check = (value: unknown, name: string) => void;

/** The checks of an object's properties: all that it may have. */
export type Checks<T> = Readonly<Record<keyof T, Check>>;

/**
 * An object with these properties and no others.
 * @param required those that must be there
 * @param untold those that no message recommends
 */
export function properties<T>(
  checks: Checks<T>,
  required: readonly (keyof T & string)[] = [],
  untold: readonly (keyof T & string)[] = [],
): Check {
  return (value, name) => {
    const given = propertiesOf(value, name, required);
    for (const [key, one] of Object.entries(given)) {
      const path = name === "" ? key : `${name}.${key}`;
      const place = name === "" ? "" : ` in ${name}`;
      // One of the keys, as has just been seen.
      const check = Object.hasOwn(checks, key) ? checks[key as keyof T] : undefined;
      if (!check) {
        const told = Object.keys(checks).filter((each) => !untold.some((one) => one === each));
        throw new OptionError(`There is no option ${path}; those${place} are ${told.join(", ")}.`);
      }
      if (one !== undefined) check(one, path);
    }
    const missing = required.find((key) => given[key] === undefined);
    if (missing !== undefined)
      throw new OptionError(`The option ${name} has no ${missing}; give it ${required.join(" and ")}.`);
  };
}

/** An object with any keys. */
export function entries(check: (key: string, value: unknown, name: string) => void): Check {
  return (value, name) => {
    for (const [key, one] of Object.entries(propertiesOf(value, name)))
      if (one !== undefined) check(key, one, name);
  };
}

/** @param example how such a list is written */
export function listOf(check: Check, example: string): Check {
  return (value, name) => {
    if (!Array.isArray(value)) throw wrong(name, `must be a list like ${example}`, value);
    for (const [index, one] of value.entries()) check(one, `${name}[${index}]`);
  };
}

export function oneOf(choices: readonly string[]): Check {
  return (value, name) => {
    if (typeof value !== "string" || !choices.includes(value))
      throw wrong(name, `must be one of ${choices.join(", ")}`, value);
  };
}

export function whole(least: number): Check {
  return (value, name) => {
    if (!Number.isSafeInteger(value) || Number(value) < least)
      throw wrong(name, `must be a whole number from ${least} on`, value);
  };
}

export function number(least: number, most: number): Check {
  return (value, name) => {
    if (typeof value !== "number" || !(value >= least && value <= most))
      throw wrong(name, `must be a number from ${least} to ${most}`, value);
  };
}

/** A text with something in it. @param rule what it must look like; without one all do. */
export function text(what: string, rule: RegExp = /^/): Check {
  return (value, name) => {
    if (!isText(value) || !rule.test(value)) throw wrong(name, `must be ${what}`, value);
  };
}

/** A text that no message shows. */
export function secret(value: unknown, name: string): void {
  if (!isText(value)) throw new OptionError(`The option ${name} must be a text that is not empty.`);
}

export function flag(value: unknown, name: string): void {
  if (typeof value !== "boolean") throw wrong(name, "must be true or false", value);
}

export function callable(value: unknown, name: string): void {
  if (typeof value !== "function") throw wrong(name, "must be a function", value);
}

/** Refuses what no file can hold. */
export function notInFiles(_: unknown, name: string): void {
  throw new OptionError(
    `The option ${name} takes JavaScript functions, which no file can hold; give it to createEmulator in a program.`,
  );
}

/** Whether a value is a text that a name, a path or an address can be. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && !value.includes("\0");
}

/** The refusal of a value, which it shows unless that has parts, as those may be secrets. */
export function wrong(name: string, rule: string, value: unknown): OptionError {
  return new OptionError(`The option ${name} ${rule}, and is ${shown(value)}.`);
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  return typeof value === "object" && value !== null && !types.isDate(value) ? "an object" : String(value);
}

function propertiesOf(
  value: unknown,
  name: string,
  required: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    // An object, as has just been seen.
    return value as Record<string, unknown>;
  if (name === "") throw new OptionError("The options must be an object.");
  // What stands in the place of an object with a secret may be that secret.
  throw required.length > 0
    ? new OptionError(
        `The option ${name} must be an object with ${required.join(" and ")}, and is ${typeof value === "string" ? "a text" : shown(value)}.`,
      )
    : wrong(name, "must be an object", value);
}
