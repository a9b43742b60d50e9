import { realpathSync } from "node:fs";
import { askProgram } from "../programs/ask-program.ts";

/** A Node.js that runs here. */
export interface NodeProgram {
  /** The program itself, and neither a link nor a shim. */
  readonly program: string;
  /** `v20.19.1`. */
  readonly version: string;
}

/** Asks a Node.js, which may be a link or a shim, what it is. @returns nothing if it cannot be started, or is something else */
export async function askNode(program: string, signal?: AbortSignal): Promise<NodeProgram | undefined> {
  // The emulator's own options for Node.js, such as a debugger's port, are none of this one's.
  const { NODE_OPTIONS: _, ...environment } = process.env;
  try {
    const { stdout } = await askProgram(
      program,
      ["-p", "JSON.stringify({ version: process.version, program: process.execPath })"],
      { environment, ...(signal && { signal }) },
    );
    const answer: unknown = JSON.parse(stdout);
    // The answer to the question above; its parts are checked before they are used.
    const { version, program: path } = answer as Partial<NodeProgram>;
    if (typeof path !== "string" || typeof version !== "string" || !/^v\d+\.\d+\./.test(version))
      return undefined;
    return { program: realpathSync(path), version };
  } catch {
    return undefined;
  }
}

/** Whether the runner's language is known to a version: Node.js 16.9 and newer. */
export function runsFunctions(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > 16 || (major === 16 && minor >= 9);
}
