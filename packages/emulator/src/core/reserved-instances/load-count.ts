import type { LoadPolicy } from "./records.ts";

/**
 * How many instances load policies want while so many are busy: as many as keep the busy share at the threshold, but never less than each
 * policy leaves.
 */
export function loadCount(policies: readonly LoadPolicy[], busy: number): number {
  return Math.max(
    0,
    ...policies.map(({ threshold, min }) => Math.max(min, Math.ceil((busy * 100) / threshold))),
  );
}
