import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const path = process.env.PATH;
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "functiongraph-"));
});
afterEach(() => {
  process.env.PATH = path;
  vi.resetModules();
  rmSync(folder, { recursive: true });
});

it.runIf(process.platform === "linux")("gives up a bubblewrap that hangs, at the first try", async () => {
  const program = join(folder, "bwrap");
  // Its child keeps standard output open for a while longer.
  writeFileSync(program, `#!/bin/sh\nsleep 5\n`, { mode: 0o755 });
  process.env.PATH = `${folder}${delimiter}${path}`;
  // One that has not tried yet.
  vi.resetModules();
  const { tryBubblewrap } = await import("./bubblewrap-trial.ts");
  const started = performance.now();
  expect(await tryBubblewrap(500)).toEqual({
    works: false,
    reason: `bubblewrap does not work here: ${program} has not ended within 0.5 s`,
  });
  expect(performance.now() - started).toBeLessThan(4000);
});
