import { fileURLToPath } from "node:url";
import { dataBytes } from "../../sandbox/launched-process.ts";
import { type PreparationSite, type PreparedProcess, prepareProcess } from "../channel/prepared-process.ts";
import type { Interpreter } from "./interpreter.ts";

const runners = fileURLToPath(new URL("../../../runners/python", import.meta.url));

/** Processes and threads of an instance, as documented. */
const mostThreads = 1024;
/** MB of a thread's stack, which count as data from its start: enough for all the calls in calls that the interpreter allows, which 2 are not. */
const stackMb = 4;
/** MB that a Python with so many threads reserves. */
export const reservedMb: number = mostThreads * stackMb;

/**
 * Starts a Python with the runner in a place of its own.
 * @param temporaryMb size of its /tmp
 */
export function preparePython(
  site: PreparationSite,
  { program, prefixes, packages }: Interpreter,
  temporaryMb: number,
): Promise<PreparedProcess> {
  return prepareProcess(site, ({ seen }) => ({
    command: program,
    // Without the module site, as the runner says, and without a try to write compiled modules into the code folder.
    arguments: [
      ...["-S", "-s", "-B", `${runners}/run.py`],
      ...[String(dataBytes(0, reservedMb)), String(stackMb * 1024 * 1024), ...packages],
    ],
    environment: {
      PATH: "/usr/local/bin:/usr/bin:/bin",
      HOME: seen.temporary,
      TMPDIR: seen.temporary,
      LANG: "C.UTF-8",
    },
    temporaryMb,
    reservedMb,
    readable: [...new Set([program, runners, ...prefixes, ...packages])].filter((path) => path !== "/usr"),
  }));
}
