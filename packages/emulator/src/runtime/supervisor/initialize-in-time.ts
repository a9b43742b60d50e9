import { clearTimeout, setTimeout } from "node:timers";
import { type FunctionSpec, RuntimeFailure, type Worker } from "../contract.ts";

/** Milliseconds that a process may take to load code when no initializer sets a limit. */
const loadLimit = 60_000;

/** Has a process load its code and run the initializer. @throws RuntimeFailure, also when either takes too long. */
export async function initializeInTime(
  worker: Worker,
  { initializer }: Pick<FunctionSpec, "initializer">,
): Promise<void> {
  const failure = initializer
    ? new RuntimeFailure(4211, `runtime initialization timed out after ${initializer.timeout}s`)
    : new RuntimeFailure(4012, `load function timed out after ${loadLimit / 1000}s`);
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(failure), initializer ? initializer.timeout * 1000 : loadLimit);
  });
  try {
    await Promise.race([worker.initialize(), over]);
  } finally {
    clearTimeout(timer);
  }
}
