import { realpathSync } from "node:fs";
import { askProgram } from "../programs/ask-program.ts";

/** A PHP that runs here. */
export interface PhpProgram {
  /** The program itself, and neither a link nor a shim. */
  readonly program: string;
  /** `8.3.6`. */
  readonly version: string;
}

/** Asks a PHP, which may be a link or a shim, what it is. @returns nothing if it cannot be started, or is something else */
export async function askPhp(program: string, signal?: AbortSignal): Promise<PhpProgram | undefined> {
  try {
    const question = ["-r", "echo PHP_VERSION, ' ', PHP_BINARY;"];
    const { stdout } = await askProgram(program, question, signal ? { signal } : {});
    const [, version, path] = /^(\d+\.\d+\.\d+\S*) (.*)$/.exec(stdout.trim()) ?? [];
    return version === undefined ? undefined : { program: realpathSync(path || program), version };
  } catch {
    return undefined;
  }
}
