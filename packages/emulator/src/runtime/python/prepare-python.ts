import { fileURLToPath } from "node:url";
import { dataBytes } from "../../sandbox/launched-process.ts";
import { type PreparationSite, type PreparedProcess, prepareProcess } from "../channel/prepared-process.ts";
import type { Interpreter } from "./interpreter.ts";

const runners = fileURLToPath(new URL("../../../runners/python", import.meta.url));

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
    arguments: ["-S", "-s", "-B", `${runners}/run.py`, String(dataBytes(0)), ...packages],
    environment: {
      PATH: "/usr/local/bin:/usr/bin:/bin",
      HOME: seen.temporary,
      TMPDIR: seen.temporary,
      LANG: "C.UTF-8",
    },
    temporaryMb,
    readable: [...new Set([program, runners, ...prefixes, ...packages])].filter((path) => path !== "/usr"),
  }));
}
