import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { distFile, missingIn, operationIds } from "./bundle.ts";
import { findCommand } from "./find-installed.ts";
import { languages } from "./languages.ts";
import { runOffline } from "./offline.ts";

const scratch = mkdtempSync(join(tmpdir(), "functiongraph-languages-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("redocly generate-client makes a client with every operation, and its language's compiler takes it", () => {
  for (const { name, file, compiler, prepare } of languages) {
    test(name, { timeout: 90_000 }, () => {
      const folder = join(scratch, name);
      mkdirSync(folder);
      writeFileSync(join(folder, "redocly.yaml"), "telemetry: off\n");
      // The name must end in .ts; the generator gives the file its language's ending.
      const args = [
        "generate-client",
        distFile("openapi.json"),
        "--generator",
        name,
        "--output",
        "client.ts",
      ];
      const generated = runOffline(
        process.execPath,
        [findCommand("redocly"), ...args, "--config", "redocly.yaml"],
        folder,
      );
      expect(generated, generated.output).toMatchObject({ status: 0 });
      expect(missingIn(readFileSync(join(folder, file), "utf8"), operationIds)).toEqual([]);

      prepare?.(folder);
      const [command, ...commandArgs] = compiler;
      const compiled = runOffline(command, commandArgs, folder);
      if (compiled.missing) {
        console.info(`${name}: generated but not compiled, because this machine has no ${command}.`);
        return;
      }
      expect(compiled, compiled.output).toMatchObject({ status: 0 });
    });
  }
});
