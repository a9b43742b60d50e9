import { resolve } from "node:path";
import { findProgram } from "../../sandbox/bubblewrap-trial.ts";

/** Languages whose programs can be configured. */
export type Language = "Node.js" | "Python" | "Java" | "PHP" | "C#";

/** Their versions that functions and bootstraps name (facts/runtime.md, 1.7), and 18.15, which examples use. */
export const languageVersions: Readonly<Record<Language, readonly string[]>> = {
  "Node.js": ["6.10", "8.10", "10.16", "12.13", "14.18", "16.17", "18.15", "18.20", "20.15"],
  Python: ["2.7", "3.6", "3.9", "3.10", "3.12"],
  Java: ["8", "11", "17", "21"],
  PHP: ["7.3", "8.3"],
  "C#": ["2.1", "3.1", "6.0"],
};

/** Programs as the user configures them: by runtime (`Python3.9`), by language and first number (`Python3`), or by language (`Python`). */
export type Programs = Readonly<Record<string, string>>;

/** A program that is configured for a runtime. */
export interface ConfiguredProgram {
  /** Under which name it is configured. */
  readonly key: string;
  /** Its path, or its name where PATH has none of that name. */
  readonly program: string;
}

/** All names that can be configured. */
export function programKeys(): string[] {
  return Object.entries(languageVersions).flatMap(([language, versions]) => [
    ...new Set([
      language,
      ...versions.flatMap((version) => [`${language}${firstOf(version)}`, `${language}${version}`]),
    ]),
  ]);
}

/** The names among the configured ones that say more than the language: of each its program may be another one. */
export function configuredVersions(programs: Programs, language: Language): string[] {
  return Object.keys(programs).filter((key) => key !== language && key.startsWith(language));
}

/**
 * The program that is configured for a version of a language; the most exact name counts.
 * @param version `3.9`; empty for what holds for all that have no program of their own
 */
export function configuredProgram(
  programs: Programs,
  language: Language,
  version: string,
): ConfiguredProgram | undefined {
  for (const key of [`${language}${version}`, `${language}${firstOf(version)}`, language]) {
    const given = programs[key];
    if (given !== undefined) return { key, program: pathOf(given) };
  }
  return undefined;
}

/** A path as it is, from the working folder on if it is relative; a mere name is looked for in PATH. */
function pathOf(given: string): string {
  return given.includes("/") ? resolve(given) : (findProgram(given) ?? given);
}

function firstOf(version: string): string {
  return version.split(".")[0] ?? version;
}
