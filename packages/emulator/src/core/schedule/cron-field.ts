import { quote, ScheduleFault } from "./schedule-fault.ts";

/** What one field of a Cron expression can hold. */
export interface FieldRule {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values in order, the first standing for `min`. */
  readonly names?: readonly string[];
  /** Whether `?` may stand for every value. */
  readonly questionMark?: true;
}

/** The values that a field allows. */
export interface FieldValues {
  /** Whether the field was `*` or `?`: it then leaves the choice of the day to the other day field. */
  readonly open: boolean;
  /** For each value from 0 to one past the highest, the nearest allowed one not below it, or -1. */
  readonly next: Int8Array;
}

/**
 * Reads one field: values and ranges between commas, each with a step if need be.
 * @throws ScheduleFault naming the field and what is wrong.
 */
export function parseCronField(text: string, rule: FieldRule): FieldValues {
  const allowed = new Set<number>();
  let open = false;
  for (const item of text.split(",")) {
    const part = readItem(item, rule);
    for (let value = part.from; value <= part.to; value += part.step) allowed.add(value);
    open ||= part.open;
  }
  const next = new Int8Array(rule.max + 2).fill(-1);
  for (let value = rule.max; value >= 0; value--) {
    next[value] = allowed.has(value) ? value : (next[value + 1] ?? -1);
  }
  return { open, next };
}

interface Item {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly open: boolean;
}

function readItem(item: string, rule: FieldRule): Item {
  const [range = "", stepText, ...more] = item.split("/");
  if (more.length > 0) throw fault(rule, `has more than one / in ${quote(item)}`);
  const step = stepText === undefined ? 1 : readStep(stepText, item, rule);
  if (range === "*" || range === "?") {
    if (range === "?" && !rule.questionMark) throw fault(rule, "cannot be ?; only the two day fields can");
    // With a step it is a choice like any other, not an open field.
    return { from: rule.min, to: rule.max, step, open: step === 1 };
  }
  const [first = "", last, ...others] = range.split("-");
  if (others.length > 0) throw fault(rule, `has more than one - in ${quote(item)}`);
  const from = readValue(first, rule);
  if (last === undefined) return { from, to: stepText === undefined ? from : rule.max, step, open: false };
  const to = readValue(last, rule);
  if (from > to) throw fault(rule, `has the range ${quote(range)}, which ends before it starts`);
  return { from, to, step, open: false };
}

function readStep(text: string, item: string, rule: FieldRule): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) === 0) {
    throw fault(rule, `needs a whole number from 1 behind the / and has ${quote(item)}`);
  }
  return Number(text);
}

function readValue(text: string, rule: FieldRule): number {
  const named = rule.names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return rule.min + named;
  const bounds = `from ${rule.min} to ${rule.max}${rule.names ? ` or a name from ${rule.names[0]} to ${rule.names.at(-1)}` : ""}`;
  if (!/^\d{1,4}$/.test(text)) throw fault(rule, `needs a number ${bounds} and has ${quote(text)}`);
  const value = Number(text);
  if (value < rule.min || value > rule.max) throw fault(rule, `is ${bounds}, and has ${value}`);
  return value;
}

function fault(rule: FieldRule, what: string): ScheduleFault {
  return new ScheduleFault(`the field ${rule.name} ${what}`);
}
