import type { Readable } from "node:stream";
import { clearTimeout, setTimeout } from "node:timers";
import type { Launched } from "../../sandbox/contract.ts";
import type { ProcessEnd } from "../contract.ts";

/** With which programs of Go end when Go itself gives up, or a panic is not recovered. */
const crashCode = 2;
const lackOfMemory = /\nfatal error: (?:runtime: )?(?:out of memory|cannot allocate memory)/;
/** Characters of a chunk's end that the words may begin in. */
const kept = 64;
/** Milliseconds that an output has to end once its process has. */
const patience = 50;

/**
 * How a program of Go ends. When it gets no more memory it says so before the traces of all its goroutines, and so too early for the sandbox,
 * which heeds last words only.
 */
export function goEnd({ output, exited }: Pick<Launched, "output" | "exited">): Promise<ProcessEnd> {
  let saidSo = false;
  let rest = "\n";
  output.on("data", (chunk: Buffer) => {
    if (saidSo) return;
    const text = rest + chunk.toString("latin1");
    saidSo = lackOfMemory.test(text);
    rest = text.slice(-kept);
  });
  const over = ended(output);
  return exited.then(async (end) => {
    if (end.code !== crashCode || end.outOfMemory) return end;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([over, late]);
    clearTimeout(timer);
    return { ...end, outOfMemory: saidSo };
  });
}

function ended(output: Readable): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ["end", "close", "error"]) output.once(event, () => resolve());
  });
}
