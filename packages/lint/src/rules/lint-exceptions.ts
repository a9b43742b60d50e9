import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  forgetUse,
  type LintException,
  type LintExceptions,
  lintExceptions,
  unusedPlaces,
} from "../exceptions.js";
import type { Context, Options, Place, Rule, RuleSettings, Source } from "../redocly.js";
import { sourcePath, specFolder } from "../spec-folder.js";

const IGNORE_FILE = ".redocly.lint-ignore.yaml";

/**
 * Whatever is not linted stands in lint-exceptions.yaml, with a reason and a date at which it ends. This rule is the last of the plugin, so
 * that it sees which entries the others needed. Its option `today` (YYYY-MM-DD) replaces the date of the clock.
 */
export const lintExceptionsRule: Rule = (options) => ({
  Root: {
    leave(_root, context) {
      const exceptions = lintExceptions(context);
      const rules = context.config.rules.oas3_1 ?? {};
      for (const entry of exceptions.entries) {
        for (const problem of [
          ...problemsOf(entry, rules, todayOf(options)),
          ...superfluous(context, entry),
        ]) {
          context.report({
            message: `${entry.rule}: ${problem}`,
            location: placeOf(context, exceptions, `#/exceptions/${entry.index}`),
          });
        }
      }
      for (const name of undeclared(exceptions, rules)) {
        const message = `${name} is not at error, and lint-exceptions.yaml does not say why; switch it on or add an entry with rule, reason and until.`;
        context.report({ message, location: placeOf(context, exceptions, "#/exceptions") });
      }
      if (existsSync(join(specFolder(context), IGNORE_FILE))) {
        const message = `${IGNORE_FILE} hides problems without a reason; delete it and write entries into lint-exceptions.yaml.`;
        context.report({ message, location: placeOf(context, exceptions, "#/exceptions") });
      }
      forgetUse();
    },
  },
});

type Rules = Context["config"]["rules"][string];

function severityOf(setting: string | RuleSettings | undefined): string {
  if (setting === undefined) return "off";
  return typeof setting === "string" ? setting : (setting.severity ?? "error");
}

function todayOf(options: Options): string {
  return typeof options.today === "string" ? options.today : new Date().toISOString().slice(0, 10);
}

function problemsOf(entry: LintException, rules: Rules, today: string): readonly string[] {
  const problems: string[] = [];
  const whole = entry.where.length === 0;
  if (!(entry.rule in rules))
    problems.push("no such rule is configured in redocly.yaml; correct the name or remove the entry.");
  else if (whole && severityOf(rules[entry.rule]) === "error")
    problems.push("the rule is on, so nothing needs this entry; remove it.");
  if (!whole && !entry.rule.startsWith("fg/"))
    problems.push("only rules of this project can be excused at a place; remove `where` or the entry.");
  if (!/^\d{4}-\d\d-\d\d$/.test(entry.until))
    problems.push("`until` is no date; write the day on which the exception ends, as YYYY-MM-DD.");
  else if (entry.until <= today)
    problems.push(
      `the exception ended on ${entry.until}; solve what it hides, or give a new reason and date.`,
    );
  if (!/^[A-Z`\d].{20,}\.$/s.test(entry.reason))
    problems.push("the reason is no sentence; say why the rule does not fit, with a capital and a period.");
  return problems;
}

/** Places that excused nothing; told only for whole documents, files for the sources and pointers for the bundle. */
function superfluous(context: Context, entry: LintException): readonly string[] {
  const root = context.location.source.absoluteRef;
  const isSources = sourcePath(context, root) === "openapi.yaml";
  const isBundle = /\/dist\/openapi\.(yaml|json)$/.test(root);
  return unusedPlaces(entry)
    .filter((where) => (where.startsWith("#/") ? isBundle : isSources))
    .map((where) => `nothing at ${where} needs this entry; remove that place.`);
}

function undeclared(exceptions: LintExceptions, rules: Rules): readonly string[] {
  const declared = new Set(
    exceptions.entries.filter(({ where }) => where.length === 0).map(({ rule }) => rule),
  );
  return Object.keys(rules).filter((name) => severityOf(rules[name]) !== "error" && !declared.has(name));
}

/** A place in lint-exceptions.yaml itself, which Redocly has not read: its own class of sources makes one. */
function placeOf(context: Context, { file, text }: LintExceptions, pointer: string): Place {
  // The class is not exported; every source is an instance of it.
  const SourceClass = context.location.source.constructor as new (
    absoluteRef: string,
    body: string,
  ) => Source;
  return { source: new SourceClass(file, text), pointer };
}
