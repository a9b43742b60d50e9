import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { goEnd } from "./go-end.ts";

const trace = "\n\ngoroutine 1 [running]:\n".repeat(1000);

describe("the end of a Go program", () => {
  it.each<[string, readonly string[], number, boolean]>([
    ["its first words", [`fatal error: runtime: out of memory${trace}`], 2, true],
    ["words in pieces", ["working\nfatal err", "or: out of", ` memory${trace}`], 2, true],
    ["words about a system call", [`fatal error: runtime: cannot allocate memory${trace}`], 2, true],
    ["another error", [`fatal error: all goroutines are asleep - deadlock!${trace}`], 2, false],
    ["words of the function's own", [`no fatal error: out of memory${trace}`], 2, false],
    ["an end that the function chose", ["fatal error: out of memory\n"], 3, false],
  ])("is understood by %s", async (_name, chunks, code, outOfMemory) => {
    const output = new PassThrough();
    const exited = Promise.resolve({ code, signal: null, outOfMemory: false });
    const end = goEnd({ output, exited });
    for (const chunk of chunks) output.write(chunk);
    output.end();
    expect(await end).toEqual({ code, signal: null, outOfMemory });
  });

  it("does not wait for an output that stays open", async () => {
    const output = new PassThrough();
    output.write("panic: nobody recovers\n");
    const end = { code: 2, signal: null, outOfMemory: false };
    expect(await goEnd({ output, exited: Promise.resolve(end) })).toEqual(end);
  });
});
