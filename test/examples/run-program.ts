import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { GuideExample } from "./guide-example.ts";
import { readerFolder } from "./reader-folder.ts";

/** How a program ended, and what it wrote. */
export interface ProgramRun {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs an example as its reader does: as a process of its own, which ends when nothing is open any more. */
export async function runProgram(example: GuideExample): Promise<ProgramRun> {
  const folder = readerFolder(example);
  try {
    const file = folder.write(example.name, example.pieces.join("\n"));
    const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "pipe"] });
    const [[status], output, errors] = await Promise.all([
      once(child, "close"),
      text(child.stdout),
      text(child.stderr),
    ]);
    return { status, output, errors };
  } finally {
    folder.remove();
  }
}
