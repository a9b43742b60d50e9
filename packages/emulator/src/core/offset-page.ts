import type { PageInfo } from "@functiongraph/types";
import { ServiceError } from "./service-error.ts";

/** What a list makes of its page size. */
export interface PageSizeRule {
  /** Name of the query parameter, for messages. */
  readonly parameter: string;
  /** Taken without the parameter and for `0`. */
  readonly usual: number;
  readonly largest: number;
  /** Whether a larger number is an error (FSS.1001) instead of counting as the largest. */
  readonly strict?: boolean;
}

/** A part of a list whose markers count entries. */
export interface OffsetPage<T> {
  readonly items: readonly T[];
  /** Number of entries over all pages. */
  readonly total: number;
  /** Position behind the last entry of the page. */
  readonly next: number;
  readonly previous: number;
}

/**
 * Cuts one page out of a list.
 * @throws ServiceError FSS.1001 when marker or size is no number in digits, or too large a size is not forgiven.
 */
export function offsetPage<T>(
  all: readonly T[],
  marker: string | undefined,
  size: string | undefined,
  rule: PageSizeRule,
): OffsetPage<T> {
  const start = readDigits("marker", marker, 0);
  const length = readPageSize(size, rule);
  const items = all.slice(start, start + length);
  return { items, total: all.length, next: start + items.length, previous: Math.max(0, start - length) };
}

/** The position of a page in the form that several lists answer with. */
export function pageInfo({ items, next, previous }: OffsetPage<unknown>): PageInfo {
  return { next_marker: next, previous_marker: previous, current_count: items.length };
}

/**
 * Reads a page size.
 * @throws ServiceError FSS.1001 when it is no number in digits, or too large and that is not forgiven.
 */
export function readPageSize(
  text: string | undefined,
  { parameter, usual, largest, strict }: PageSizeRule,
): number {
  const size = readDigits(parameter, text, usual) || usual;
  if (strict && size > largest) throw invalid(`${parameter} must be at most ${largest} and is ${size}.`);
  return Math.min(size, largest);
}

/**
 * Reads a query parameter that is a number in digits.
 * @throws ServiceError FSS.1001 for anything else.
 */
export function readDigits(parameter: string, text: string | undefined, absent: number): number {
  if (text === undefined) return absent;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value))
    throw invalid(`${parameter} must be a number in digits and is "${text.slice(0, 64)}".`);
  return value;
}

function invalid(what: string): ServiceError {
  return new ServiceError("FSS.1001", `Invalid query parameter. ${what}`);
}
