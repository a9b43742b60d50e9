import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { inspectJava, type JavaInstallation } from "./java-installation.ts";

/** A Java that can run functions, or a sentence that says why there is none. */
export type FoundJava =
  | { readonly java: JavaInstallation; readonly compiler: string }
  | { readonly reason: string };

/** Where to look for Java. */
export interface JavaPlaces {
  /** Programs by runtime (`Java17`), version (`17`) or for all (`Java`, `java`). */
  readonly programs: Readonly<Record<string, string>>;
  /** JAVA_HOME and PATH of the emulator. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const remedy =
  "Install a JDK (a package such as openjdk-17-jdk-headless), set JAVA_HOME to one, or name its java in the option programs";

/** Looks for the Java of a runtime: the configured one, then that of JAVA_HOME, then that of PATH; and for a compiler, in it or beside. */
export async function findJava(runtime: string, { programs, environment }: JavaPlaces): Promise<FoundJava> {
  const configured =
    programs[runtime] ?? programs[runtime.replace(/^Java/, "")] ?? programs.Java ?? programs.java;
  const program = configured ?? programIn(environment, "java");
  if (program === undefined)
    return { reason: `${runtime} needs a Java, and none is on this machine. ${remedy}.` };
  let java: JavaInstallation;
  try {
    java = await inspectJava(program);
  } catch {
    const why = configured === undefined ? "found for" : "configured for";
    return {
      reason: `The program ${program}, ${why} the runtime ${runtime}, is no Java that can be started. ${remedy}.`,
    };
  }
  if (java.major < 8)
    return {
      reason: `${runtime} needs Java 8 or newer, and ${java.program} is Java ${java.version}. ${remedy}.`,
    };
  const compiler = java.compiler ?? programIn(environment, "javac");
  if (compiler !== undefined) return { java, compiler };
  return {
    reason: `${runtime} needs a Java compiler once, and ${java.home} is a Java without one (a JRE). ${remedy}.`,
  };
}

function programIn(environment: JavaPlaces["environment"], name: string): string | undefined {
  const home = environment.JAVA_HOME;
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const places = [...(home ? [join(home, "bin")] : []), ...folders];
  return places.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
