import { isAbsolute } from "node:path";
import { askProgram } from "../programs/ask-program.ts";
import { programsInPath } from "../programs/programs-in-path.ts";

/** A Python that runs here. */
export interface Interpreter {
  /** The program itself, and neither a link nor a shim, which is a script that takes longer than Python to start. */
  readonly program: string;
  /** `3.11.7`. */
  readonly version: string;
  /** Folders that it is installed in. */
  readonly prefixes: readonly string[];
  /** Folders of the packages that are installed for it. */
  readonly packages: readonly string[];
}

const question = `
import json, os, site, sys
print(json.dumps({
    "program": os.path.realpath(sys.executable),
    "version": "%d.%d.%d" % sys.version_info[:3],
    "prefixes": sorted(set([sys.base_prefix, sys.base_exec_prefix])),
    "packages": [folder for folder in site.getsitepackages() if os.path.isdir(folder)],
}))
`;

/**
 * Asks a Python, which may be a link, a shim or that of a virtual environment, what it is.
 * @returns nothing if it cannot be started, or is too old to answer
 */
export async function askInterpreter(
  program: string,
  signal?: AbortSignal,
): Promise<Interpreter | undefined> {
  try {
    const { stdout } = await askProgram(program, ["-s", "-c", question], {
      environment: withoutPythonVariables(),
      ...(signal && { signal }),
    });
    const answer: unknown = JSON.parse(stdout);
    // The answer to the question above; its parts are checked before they are used.
    const { program: path, version, prefixes, packages } = answer as Partial<Interpreter>;
    if (typeof path !== "string" || !isAbsolute(path) || typeof version !== "string") return undefined;
    return { program: path, version, prefixes: prefixes ?? [], packages: packages ?? [] };
  } catch {
    return undefined;
  }
}

/** Where and how an interpreter is looked for. */
export interface InterpreterSearch {
  /** Default: `python3`. */
  readonly name?: string;
  /** Default: the emulator's PATH. */
  readonly path?: string;
  /** Whether a version will do. Default: one that runs functions. */
  readonly accepts?: (version: string) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The first `python3` of PATH that runs; a shim whose manager has chosen no version does not. */
export async function findInterpreter({
  name = "python3",
  path,
  accepts = isNewEnough,
  signal,
}: InterpreterSearch = {}): Promise<Interpreter | undefined> {
  for (const program of programsInPath(name, path)) {
    const found = await askInterpreter(program, signal);
    if (found && accepts(found.version)) return found;
  }
  return undefined;
}

/** Whether the runner's language is known to a version: Python 3.6 and newer. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major === 3 && minor >= 6;
}

/** The environment without what changes where Python looks for modules. */
function withoutPythonVariables(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PYTHON")));
}
