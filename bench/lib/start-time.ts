import { spawnSync } from "node:child_process";
import type { Measure } from "./compare.ts";

/** Milliseconds from the start of a program, Node if no other is named, with these arguments until it has ended. */
export function startTime(args: readonly string[], folder: string, program = process.execPath): Measure {
  return async () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return performance.now() - start;
  };
}

/** Arguments with which Node imports a package and does nothing else. */
export function importing(name: string): string[] {
  return ["--input-type=module", "--eval", `import ${JSON.stringify(name)};`];
}
