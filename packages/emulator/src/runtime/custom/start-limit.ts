import type { FunctionSpec } from "../contract.ts";

const longestTimer = 2 ** 31 - 1;

/**
 * Milliseconds that a bootstrap has until it asks or listens: the initializer's time or else the function's, and a little less, so that its log
 * can say what is missing before the time is over.
 */
export function startLimit({ initializer, timeout }: Pick<FunctionSpec, "initializer" | "timeout">): number {
  const milliseconds = (initializer?.timeout ?? timeout) * 1000;
  return Math.min(milliseconds - Math.min(250, milliseconds / 10), longestTimer);
}
