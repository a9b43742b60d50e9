import { closeSync, existsSync, openSync, readSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { javaPrograms } from "../java/find-java.ts";
import { inspectJava } from "../java/java-installation.ts";
import { askNode } from "../node/ask-node.ts";
import { askPhp } from "../php/ask-php.ts";
import {
  configuredProgram,
  type Language,
  languageVersions,
  type Programs,
} from "../programs/configured-programs.ts";
import { programsInPath } from "../programs/programs-in-path.ts";
import { programsOption } from "../programs/programs-option.ts";
import { askInterpreter, findInterpreter, type Interpreter } from "../python/interpreter.ts";

/** Interpreters of this machine under the names that bootstraps call them by on the service. */
export interface Interpreters {
  /** Path that the function sees → path of this machine, for the sandbox. */
  readonly mapped: Readonly<Record<string, string>>;
  /** What of this machine the interpreters need to read, beside the system's folders. */
  readonly readable: readonly string[];
  /** Paths behind which there is no program that can be started → a clause on why, and what to do. */
  readonly broken: Readonly<Record<string, string>>;
}

/** An interpreter of this machine, neither a link nor a shim, and what it needs to read. */
interface Found {
  readonly program: string;
  readonly readable: readonly string[];
}

/** Where the programs of a language lie below /opt/function/runtime, and how they are found here. */
interface Place {
  /** Part of the folder's name: `nodejs18.15`. */
  readonly folder: string;
  readonly path: (version: string) => string;
  /** Looks at a program that is configured. */
  readonly ask: (program: string, signal: AbortSignal) => Promise<Found | undefined>;
  /** Looks for the one of this machine. */
  readonly find: (version: string, signal: AbortSignal) => Promise<Found | undefined>;
}

const places: Readonly<Record<Language, Place>> = {
  "Node.js": {
    folder: "nodejs",
    path: () => "rtsp/nodejs/bin/node",
    ask: async (program, signal) => alone(await askNode(program, signal)),
    find: async () => alone({ program: process.execPath }),
  },
  Python: {
    folder: "python",
    path: (version) => `rtsp/python/bin/${version.startsWith("2") ? "python" : "python3"}`,
    ask: async (program, signal) => withPackages(await askInterpreter(program, signal)),
    find: async (version, signal) =>
      withPackages(
        await findInterpreter(
          version.startsWith("2") ? { name: "python2", accepts: () => true, signal } : { signal },
        ),
      ),
  },
  Java: {
    folder: "java",
    path: () => "rtsp/jre/bin/java",
    ask: askJava,
    find: (_, signal) => firstOf(javaPrograms("java", process.env), (java) => askJava(java, signal)),
  },
  PHP: {
    folder: "php",
    path: () => "rtsp/php/bin/php",
    ask: async (program, signal) => alone(await askPhp(program, signal)),
    find: (_, signal) =>
      firstOf(programsInPath("php"), async (php) =>
        isScript(php) ? alone(await askPhp(php, signal)) : alone({ program: realpathSync(php) }),
      ),
  },
  "C#": {
    folder: "dotnet",
    path: () => "rtsp/dotnet/dotnet",
    ask: async (program) => withFolder(program, dirname),
    find: async () => programsInPath("dotnet").map((program) => withFolder(program, dirname))[0],
  },
};

/**
 * Finds what bootstraps call by its path on the service. Every version runs on the program that is configured for it, else on the one of this
 * machine, whatever its version; a version for which there is none is left out.
 */
export async function findInterpreters(
  programs: Programs,
  signal: AbortSignal = new AbortController().signal,
): Promise<Interpreters> {
  const mapped: Record<string, string> = {};
  const broken: Record<string, string> = {};
  const readable = new Set<string>();
  const looked = new Map<string, Promise<Found | undefined>>();
  const once = (key: string, look: () => Promise<Found | undefined>): Promise<Found | undefined> => {
    const known = looked.get(key) ?? look();
    looked.set(key, known);
    return known;
  };
  // The keys of the table are the languages.
  const versions = (Object.keys(places) as Language[]).flatMap((language) =>
    languageVersions[language].map((version) => ({ language, version, ...places[language] })),
  );
  await Promise.all(
    versions.map(async ({ language, version, folder, path, ask, find }) => {
      const seen = `/opt/function/runtime/${folder}${version}/${path(version)}`;
      const configured = configuredProgram(programs, language, version);
      const found = configured
        ? await once(`${language}:${configured.program}`, () => ask(configured.program, signal))
        : await once(`${language}:${path(version)}`, () => find(version, signal));
      if (found) {
        mapped[seen] = found.program;
        for (const needed of found.readable) readable.add(needed);
      } else
        broken[seen] = configured
          ? `the program ${configured.program} is configured (${configured.key}), which cannot be started or is another one; correct it ${programsOption(language, configured.key)}`
          : `this machine has no program; install one, or name it ${programsOption(language, `${language}${version}`)}`;
    }),
  );
  return { mapped, readable: [...readable], broken };
}

/** Node.js and PHP are one file. */
function alone(found: { readonly program: string } | undefined): Found | undefined {
  return found && { program: found.program, readable: [found.program] };
}

function withPackages(found: Interpreter | undefined): Found | undefined {
  if (!found) return undefined;
  const { program, prefixes, packages } = found;
  return { program, readable: [program, ...prefixes, ...packages].filter((path) => path !== "/usr") };
}

/** A program lies in its folder; a script has to be asked, as it may be one that chooses a version. */
async function askJava(program: string, signal: AbortSignal): Promise<Found | undefined> {
  try {
    if (program.endsWith("/bin/java") && !isScript(program))
      return withFolder(program, (real) => dirname(dirname(real)));
    const java = await inspectJava(program, signal);
    return { program: java.program, readable: [java.home] };
  } catch {
    return undefined;
  }
}

function withFolder(program: string, folderOf: (real: string) => string): Found | undefined {
  if (!existsSync(program)) return undefined;
  const real = realpathSync(program);
  return { program: real, readable: [folderOf(real)] };
}

function isScript(program: string): boolean {
  const start = Buffer.alloc(2);
  const file = openSync(program, "r");
  try {
    readSync(file, start, 0, 2, 0);
  } finally {
    closeSync(file);
  }
  return start.toString("latin1") === "#!";
}

async function firstOf(
  programs: readonly string[],
  ask: (program: string) => Promise<Found | undefined>,
): Promise<Found | undefined> {
  for (const program of programs) {
    const found = await ask(program);
    if (found) return found;
  }
  return undefined;
}
