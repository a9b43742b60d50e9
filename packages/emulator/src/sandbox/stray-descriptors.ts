import { readdirSync } from "node:fs";
import { findProgram } from "./bubblewrap-trial.ts";
import type { LimitTools } from "./limit-prefix.ts";
import { readProc } from "./read-proc.ts";

/** The flag of a descriptor that is closed when a program starts, as `/proc/self/fdinfo` tells it. */
const closedOnStart = 0o2000000;

/**
 * Descriptors that this program was itself started with and knows nothing of, such as those of a shell's jobs. Those that Node.js opens are closed
 * in children, these are not: a function would have them.
 */
export function strayDescriptors(): Pick<LimitTools, "stray"> {
  let open: number[];
  try {
    open = readdirSync("/proc/self/fdinfo").map(Number);
  } catch {
    return {};
  }
  const descriptors = open.filter((descriptor) => descriptor > 2 && isInherited(descriptor));
  if (descriptors.length === 0) return {};
  // Not every shell knows descriptors of more than one digit.
  const single = descriptors.filter((descriptor) => descriptor < 10);
  const bash = findProgram("bash");
  if (bash) return { stray: { descriptors, shell: bash } };
  return single.length > 0 ? { stray: { descriptors: single, shell: "/bin/sh" } } : {};
}

function isInherited(descriptor: number): boolean {
  const [, flags] = /^flags:\s+(\d+)$/m.exec(readProc(`/proc/self/fdinfo/${descriptor}`) ?? "") ?? [];
  return flags !== undefined && (Number.parseInt(flags, 8) & closedOnStart) === 0;
}
