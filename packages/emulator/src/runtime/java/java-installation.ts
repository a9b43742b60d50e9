import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { askProgram } from "../programs/ask-program.ts";

/** A Java on this machine. */
export interface JavaInstallation {
  /** The program by its real path: never a shim, which would cost its own start each time. */
  readonly program: string;
  /** Folder of the Java: what its program needs to read. */
  readonly home: string;
  /** `17.0.15`. */
  readonly version: string;
  /** 17; 8 for `1.8.0_412`. */
  readonly major: number;
  /** Its compiler, where it is a JDK. */
  readonly compiler: string | undefined;
}

/**
 * Asks a `java` what it is.
 * @throws Error when it cannot be started, takes too long or says nothing of the kind
 */
export async function inspectJava(program: string, signal?: AbortSignal): Promise<JavaInstallation> {
  const { stderr } = await askProgram(
    program,
    ["-XshowSettings:properties", "-version"],
    signal ? { signal } : {},
  );
  const home = settingOf(stderr, "java.home");
  const version = settingOf(stderr, "java.version");
  const specification = settingOf(stderr, "java.specification.version");
  if (!home || !version || !specification) throw new Error(`${program} does not tell its version`);
  // Java 8 has its runtime in a folder of the JDK.
  const compiler = [join(home, "bin", "javac"), join(dirname(home), "bin", "javac")].find((path) =>
    existsSync(path),
  );
  return {
    program: realpathSync(join(home, "bin", "java")),
    home: realpathSync(home),
    version,
    major: Number(specification.replace(/^1\./, "")),
    compiler,
  };
}

function settingOf(text: string, name: string): string | undefined {
  const line = text.split("\n").find((one) => one.trim().startsWith(`${name} = `));
  return line?.slice(line.indexOf("=") + 1).trim();
}
