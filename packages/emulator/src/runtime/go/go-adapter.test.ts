import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { usualSpec } from "../../../test/support/java-functions.ts";
import { callOf, textOf } from "../../../test/support/try-function.ts";
import { createSandbox } from "../../sandbox/create-sandbox.ts";
import { MemoryPackageStore } from "../../store/memory-package-store.ts";
import { writeZip } from "../../zip/write-zip.ts";
import type { Worker } from "../contract.ts";
import { createCustomAdapter } from "../custom/custom-adapter.ts";
import { createWorkplaces } from "../workplaces.ts";
import { createGoAdapter } from "./go-adapter.ts";

const source = fileURLToPath(new URL("../../../test/fixtures/go/main.go", import.meta.url));
const hasGo = canRun("go", "version");

describe("the Go runtimes", () => {
  it.each<[string, string]>([
    ["Go1.x", "Functions with the runtime Go1.x do not run here"],
    ["", "Go functions do not run here"],
  ])("refuses '%s' with a reason and a way out", async (runtime, why) => {
    const availability = await createGoAdapter().check(runtime);
    if (availability.available) throw new Error("It is available.");
    expect(availability.reason).toContain(why);
    expect(availability.reason).toContain("use the runtime Custom");
  });

  it.skipIf(!hasGo)(
    hasGo
      ? "leaves Go programs to the runtime Custom, which runs them"
      : "runs Go programs (skipped: no go here)",
    async () => {
      const root = await mkdtemp(join(tmpdir(), "functiongraph-go-"));
      const sandbox = await createSandbox({ root, wanted: "process" });
      const packages = new MemoryPackageStore();
      const adapter = createCustomAdapter({
        sandbox,
        workplaces: createWorkplaces(root, packages, sandbox.level),
        pollSeconds: 0.2,
      });
      let worker: Worker | undefined;
      try {
        const program = join(root, "bootstrap");
        // Without C the program needs no library, and Go no C compiler.
        const env = { ...process.env, CGO_ENABLED: "0", GO111MODULE: "off" };
        await promisify(execFile)("go", ["build", "-o", program, source], { env });
        const zip = await writeZip([{ path: "bootstrap", bytes: await readFile(program), mode: 0o755 }]);
        const { digest } = await packages.put(zip);
        worker = await adapter.start({
          ...usualSpec,
          runtime: "Custom",
          handler: "bootstrap",
          code: { digest, filename: "function.zip" },
        });
        worker.output.resume();
        await worker.initialize();
        expect(textOf(await worker.call(callOf({ count: 1 })))).toEqual({
          code: 0,
          payload: '{"color":"blue","count":2}',
        });
        const { payload } = textOf(await worker.call(callOf("no order", "second")));
        expect(JSON.parse(payload)).toMatchObject({ errorType: "EventError" });
      } finally {
        worker?.kill();
        await worker?.exited;
        await adapter.close();
        await sandbox.close();
        await rm(root, { recursive: true, force: true });
      }
    },
    120_000,
  );
});

function canRun(program: string, argument: string): boolean {
  try {
    execFileSync(program, [argument], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
