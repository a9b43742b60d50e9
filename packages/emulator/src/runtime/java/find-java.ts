import { delimiter, join } from "node:path";
import { usualPlaces } from "../../sandbox/program-path.ts";
import { configuredProgram, type Programs } from "../programs/configured-programs.ts";
import { programsInPath } from "../programs/programs-in-path.ts";
import { programsOption } from "../programs/programs-option.ts";
import { inspectJava, type JavaInstallation } from "./java-installation.ts";

/** A Java that can run functions, or a sentence that says why there is none. */
export type FoundJava =
  | { readonly java: JavaInstallation; readonly compiler: string }
  | { readonly reason: string };

/** JAVA_HOME and PATH of the emulator. */
export type JavaEnvironment = Readonly<Record<string, string | undefined>>;

/** Where to look for Java. */
export interface JavaPlaces {
  /** Programs by runtime (`Java17`) or for all (`Java`). */
  readonly programs: Programs;
  readonly environment: JavaEnvironment;
  /** Where to look besides. Default: where the system has its programs. */
  readonly usual?: readonly string[];
  /** Ends the search. */
  readonly signal?: AbortSignal;
}

/**
 * Looks for the Java of a runtime: the configured one, else the first that can be started of JAVA_HOME, PATH and the usual places; and for a compiler, in it or
 * beside.
 */
export async function findJava(
  runtime: string,
  { programs, environment, usual = usualPlaces, signal }: JavaPlaces,
): Promise<FoundJava> {
  const who = runtime === "" ? "Functions in Java need" : `${runtime} needs`;
  const configured = configuredProgram(programs, "Java", runtime.replace(/^Java/, ""));
  const option = programsOption("Java", configured?.key);
  const install = `Install a JDK (a package such as openjdk-17-jdk-headless), set JAVA_HOME to one, or name its java ${option}.`;
  // What is configured counts, whatever else is there.
  const remedy = configured ? `Name the java of a JDK ${option}.` : install;
  const candidates = configured ? [configured.program] : javaPrograms("java", environment, usual);
  let java: JavaInstallation | undefined;
  for (const program of candidates) {
    java = await inspectJava(program, signal).catch(() => undefined);
    if (java) break;
  }
  if (!java) {
    const [first] = candidates;
    if (first === undefined) return { reason: `${who} a Java, and none is on this machine. ${remedy}` };
    const which = configured ? `configured for ${configured.key}` : "the first java of JAVA_HOME and PATH";
    return { reason: `The program ${first}, ${which}, is no Java that can be started. ${remedy}` };
  }
  if (java.major < 8)
    return { reason: `${who} Java 8 or newer, and ${java.program} is Java ${java.version}. ${remedy}` };
  const compiler = java.compiler ?? javaPrograms("javac", environment, usual)[0];
  if (compiler !== undefined) return { java, compiler };
  return {
    reason: `${who} a Java compiler once, and ${java.home} is a Java without one (a JRE). ${install}`,
  };
}

/** The programs of a name in JAVA_HOME, PATH and the usual places, in the order in which they count. */
export function javaPrograms(
  name: string,
  { JAVA_HOME, PATH = "" }: JavaEnvironment,
  usual: readonly string[] = usualPlaces,
): string[] {
  const folders = [...(JAVA_HOME ? [join(JAVA_HOME, "bin")] : []), PATH, ...usual];
  return programsInPath(name, folders.join(delimiter));
}
