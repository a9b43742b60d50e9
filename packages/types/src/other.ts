/** Carries the excluded strings in the type alone; no value ever has it. */
declare const excluded: unique symbol;

/**
 * A string that is none of `Known`. Comparing it with a known string excludes it, so that a union of known
 * and unknown members narrows: `trigger.trigger_type_code === "TIMER"` leaves the timer trigger alone.
 * `other` makes one.
 */
// The text of the template is for the compiler only. TypeScript cannot subtract strings from `string`, and a
// plain brand would stay comparable to every literal, so that no comparison would narrow; a template that no
// listed value matches is comparable to none.
export type Other<Known extends string> = `not listed: ${string}` & { readonly [excluded]: Known };

/**
 * Lets a string stand where only strings that the description does not list may stand, such as the code of a
 * new trigger type.
 *
 * @example
 * ```ts
 * const request: CreateTriggerRequest = { trigger_type_code: other("NEWTYPE"), event_data: {} };
 * ```
 */
export function other<Known extends string>(value: string): Other<Known> {
  // At run time it is the string itself, unchanged.
  return value as Other<Known>;
}
