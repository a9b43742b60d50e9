import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { promisify } from "node:util";

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

const run = promisify(execFile);
const patience = 10_000;
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
export async function askInterpreter(program: string): Promise<Interpreter | undefined> {
  try {
    const { stdout } = await run(program, ["-s", "-c", question], {
      env: withoutPythonVariables(),
      timeout: patience,
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

/** The first `python3` of PATH that runs; a shim whose manager has chosen no version does not. */
export async function findInterpreter(
  path: string = process.env.PATH ?? "",
): Promise<Interpreter | undefined> {
  for (const folder of new Set(path.split(delimiter))) {
    if (!isAbsolute(folder)) continue;
    const program = join(folder, "python3");
    const found = (await isExecutable(program)) && (await askInterpreter(program));
    if (found && isNewEnough(found.version)) return found;
  }
  return undefined;
}

/** Whether the runner's language is known to a version: Python 3.6 and newer. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major === 3 && minor >= 6;
}

async function isExecutable(program: string): Promise<boolean> {
  return access(program, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The environment without what changes where Python looks for modules. */
function withoutPythonVariables(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PYTHON")));
}
