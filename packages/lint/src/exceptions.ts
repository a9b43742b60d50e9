import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { arrayOf, isObject, objectOf, stringsOf } from "./json.js";
import type { Context, Place } from "./redocly.js";
import { readYaml, sourcePath, specFolder } from "./spec-folder.js";

/** One entry of `lint-exceptions.yaml`: a rule that is off, or a place where one of our own rules does not count. */
export interface LintException {
  readonly index: number;
  readonly rule: string;
  /** Files (`schemas/a/B.yaml`, with or without `#/…`) and places of the bundle (`#/…`); empty when the rule is off as a whole. */
  readonly where: readonly string[];
  readonly reason: string;
  readonly until: string;
}

export interface LintExceptions {
  readonly file: string;
  readonly text: string;
  readonly entries: readonly LintException[];
}

const loaded = new Map<string, LintExceptions>();
const used = new Set<string>();

/** The exceptions that lie beside the Redocly configuration in use. */
export function lintExceptions(context: Context): LintExceptions {
  const file = join(specFolder(context), "lint-exceptions.yaml");
  const known = loaded.get(file);
  if (known) return known;
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const entries = arrayOf(objectOf(readYaml(file)).exceptions).map((value, index): LintException => {
    const entry = objectOf(value);
    return {
      index,
      rule: textOf(entry.rule),
      where: typeof entry.where === "string" ? [entry.where] : stringsOf(entry.where),
      reason: textOf(entry.reason),
      until: textOf(entry.until),
    };
  });
  const exceptions = { file, text, entries };
  loaded.set(file, exceptions);
  return exceptions;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return isObject(value) ? JSON.stringify(value) : String(value).trim();
}

/** True when an entry excuses the rule at this place; the entry then counts as needed. */
export function isExcused(context: Context, rule: string, place: Place): boolean {
  const file = sourcePath(context, place.source.absoluteRef);
  const spots = [place.pointer, ...(file === undefined ? [] : [file, `${file}${place.pointer}`])];
  let excused = false;
  for (const entry of lintExceptions(context).entries) {
    if (entry.rule !== `fg/${rule}`) continue;
    for (const where of entry.where) {
      if (!spots.some((spot) => spot === where || spot.startsWith(`${where}/`))) continue;
      used.add(usageKey(entry, where));
      excused = true;
    }
  }
  return excused;
}

/** The places of an entry that excused nothing since the last call of `forgetUse`. */
export function unusedPlaces(entry: LintException): readonly string[] {
  return entry.where.filter((where) => !used.has(usageKey(entry, where)));
}

/** Starts counting anew; called after each linted document. */
export function forgetUse(): void {
  used.clear();
}

function usageKey(entry: LintException, where: string): string {
  return `${entry.index} ${where}`;
}
