import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { OutputTail } from "./output-tail.ts";

async function saidBy(...chunks: readonly string[]): Promise<boolean> {
  const tail = new OutputTail();
  for (const chunk of chunks) tail.write(chunk);
  tail.end();
  expect(await text(tail)).toBe(chunks.join(""));
  return tail.saysOutOfMemory();
}

describe("The end of an output", () => {
  it.each([
    {
      output: "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n",
      want: true,
    },
    { output: "Traceback (most recent call last):\n  File\nMemoryError\n", want: true },
    { output: "MemoryError: Unable to allocate 4.00 GiB\n", want: true },
    { output: 'Exception in thread "main" java.lang.OutOfMemoryError: Java heap space\n', want: true },
    { output: "Terminating due to java.lang.OutOfMemoryError: Java heap space\n", want: true },
    { output: "#\n# Fatal process out of memory: Zone\n#\n", want: true },
    { output: "terminate called after throwing an instance of 'std::bad_alloc'\n", want: true },
    { output: "fatal error: runtime: out of memory\n", want: true },
    { output: "PHP Fatal error:  Allowed memory size of 134217728 bytes exhausted\n", want: true },
    { output: "\nmmap() failed: [12] Cannot allocate memory\nOut of memory\n", want: true },
    { output: "\nmmap() failed: [12] a\n\nmmap() failed: [12] a\nOut of memory\n", want: true },
    { output: "\nmmap() failed: [12] Cannot allocate memory\nwent on\n", want: false },
    { output: "Out of memory\n", want: false },
    { output: "we caught a MemoryError\n", want: false },
    { output: "ValueError: no\n", want: false },
    { output: "", want: false },
  ])("tells of a lack of memory, and passes on what it is: $output", async ({ output, want }) => {
    expect(await saidBy(output)).toBe(want);
  });

  it("is put together from pieces", async () => {
    expect(await saidBy("x".repeat(5000), "\nMemory", "Error\n")).toBe(true);
  });

  it("is only the end", async () => {
    expect(await saidBy("MemoryError\n", "x".repeat(5000))).toBe(false);
  });
});
