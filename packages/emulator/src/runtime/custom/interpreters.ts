import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { findProgram } from "../../sandbox/bubblewrap-trial.ts";

/** Interpreters of this machine under the names that bootstraps call them by on the service. */
export interface Interpreters {
  /** Path that the function sees → path of this machine, for the sandbox. */
  readonly mapped: Readonly<Record<string, string>>;
  /** What of this machine the interpreters need to read, beside the system's folders. */
  readonly readable: readonly string[];
}

/** A language whose programs lie below /opt/function/runtime. */
interface Language {
  /** Part of the folder's name: `nodejs18.15`. */
  readonly folder: string;
  /** Start of the runtime's name, as in the option `programs`: `Node.js18.15`. */
  readonly runtime: string;
  readonly versions: readonly string[];
  readonly path: (version: string) => string;
}

/** All versions that the documents name (facts/runtime.md, 1.7), and 18.15, which examples use. */
const languages: readonly Language[] = [
  {
    folder: "nodejs",
    runtime: "Node.js",
    versions: ["6.10", "8.10", "10.16", "12.13", "14.18", "16.17", "18.15", "18.20", "20.15"],
    path: () => "rtsp/nodejs/bin/node",
  },
  {
    folder: "python",
    runtime: "Python",
    versions: ["2.7", "3.6", "3.9", "3.10", "3.12"],
    path: (version) => `rtsp/python/bin/${version.startsWith("2") ? "python" : "python3"}`,
  },
  { folder: "java", runtime: "Java", versions: ["8", "11", "17", "21"], path: () => "rtsp/jre/bin/java" },
  { folder: "php", runtime: "PHP", versions: ["7.3", "8.3"], path: () => "rtsp/php/bin/php" },
  { folder: "dotnet", runtime: "C#", versions: ["2.1", "3.1", "6.0"], path: () => "rtsp/dotnet/dotnet" },
];

/**
 * Finds what bootstraps call by its path on the service. Every version runs on the program that is configured for it, else on the one of this
 * machine, whatever its version; a version for which there is none is left out.
 * @param programs by runtime (`Python3.9`), by language and first number (`Python3`) or by language
 */
export async function findInterpreters(
  programs: Readonly<Record<string, string>> = {},
): Promise<Interpreters> {
  const mapped: Record<string, string> = {};
  const readable = new Set<string>();
  const [python3, python2] = await Promise.all([findPython("python3"), findPython("python2")]);
  for (const { folder, runtime, versions, path } of languages) {
    for (const version of versions) {
      const major = version.split(".")[0] ?? version;
      const configured =
        programs[`${runtime}${version}`] ?? programs[`${runtime}${major}`] ?? programs[runtime];
      const python = major === "2" ? python2 : python3;
      const program = configured ?? (folder === "python" ? python?.program : programOf(folder));
      if (program === undefined || !existsSync(program)) continue;
      const real = realpathSync(program);
      mapped[`/opt/function/runtime/${folder}${version}/${path(version)}`] = real;
      for (const needed of neededBy(folder, real)) readable.add(needed);
      if (!configured && folder === "python")
        for (const needed of python?.folders ?? []) readable.add(needed);
    }
  }
  return { mapped, readable: [...readable] };
}

/** The program that this machine has for a language other than Python. */
function programOf(folder: string): string | undefined {
  return folder === "nodejs" ? process.execPath : findProgram(folder);
}

/** Node.js and PHP are one file; others bring a folder. */
function neededBy(folder: string, program: string): readonly string[] {
  if (folder === "nodejs" || folder === "php") return [program];
  return [folder === "dotnet" ? dirname(program) : dirname(dirname(program))];
}

/** Asks Python itself, as what is called `python3` may be a script that chooses one. */
async function findPython(
  name: string,
): Promise<{ readonly program: string; readonly folders: readonly string[] } | undefined> {
  const found = findProgram(name);
  if (found === undefined) return undefined;
  const script = "import sys; print(sys.executable); print(sys.prefix)";
  try {
    const { stdout } = await promisify(execFile)(found, ["-c", script], { timeout: 10_000 });
    const [program, prefix] = stdout.trim().split("\n");
    return program && prefix ? { program, folders: [realpathSync(prefix)] } : undefined;
  } catch {
    return undefined;
  }
}
