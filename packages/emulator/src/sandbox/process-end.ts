import { constants } from "node:os";

interface End {
  readonly code: number | null;
  readonly signal: string | null;
}

/** Signals by which a program ends that did not get memory, or that the machine's own limit ended. */
const memorySignals: ReadonlySet<string | null> = new Set([
  "SIGABRT",
  "SIGTRAP",
  "SIGSEGV",
  "SIGBUS",
  "SIGILL",
  "SIGKILL",
]);

/** How a program in bubblewrap ended: bubblewrap itself ends with 128 and the number of the signal, as shells do. */
export function innerEnd(code: number | null, signal: string | null): End {
  if (code === null || code <= 128) return { code, signal };
  const [name] = Object.entries(constants.signals).find(([, number]) => number === code - 128) ?? [];
  return name === undefined ? { code, signal } : { code: null, signal: name };
}

/** Whether it is such an end as lack of memory brings. */
export function looksOutOfMemory({ code, signal }: End): boolean {
  return memorySignals.has(signal) || (code !== null && memorySignals.has(innerEnd(code, null).signal));
}
