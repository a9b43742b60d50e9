import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createCodePackage } from "@functiongraph/client/zip";
import { actingFunctions } from "./acting-functions.ts";
import { fixtures, readFiles } from "./pack-fixtures.ts";
import type { RuntimeUnderTest } from "./runtime-under-test.ts";

/** Sources of the runner, among them those of the interface that functions are compiled against. */
const runner = fileURLToPath(new URL("../../../../packages/emulator/runners/java", import.meta.url));

/** Functions of Java: methods of classes in a JAR. */
export const java: RuntimeUnderTest = {
  name: "java",
  runtime: "Java17",
  functions: {
    ...actingFunctions({ handler: "conformance.Fixtures.act", memory_size: 512 }, 256),
    missingModule: { handler: "conformance.Missing.act", memory_size: 512 },
    missingMethod: { handler: "conformance.Fixtures.missing", memory_size: 512 },
    brokenSyntax: { handler: "conformance.BrokenClass.act", memory_size: 512 },
    initialized: {
      handler: "conformance.Fixtures.act",
      memory_size: 512,
      initializer_handler: "conformance.Fixtures.initialize",
      initializer_timeout: 5,
    },
    failingInitializer: {
      handler: "conformance.Fixtures.act",
      memory_size: 512,
      initializer_handler: "conformance.Fixtures.failingInitializer",
      initializer_timeout: 5,
    },
    endlessInitializer: {
      handler: "conformance.Fixtures.act",
      memory_size: 512,
      initializer_handler: "conformance.Fixtures.endlessInitializer",
      initializer_timeout: 1,
    },
    own: { handler: "conformance.Fixtures.echo", memory_size: 512 },
  },
  async pack() {
    const classes = await mkdtemp(join(tmpdir(), "functiongraph-classes-"));
    try {
      const source = join(fixtures, "java");
      const names = (await readdir(join(source, "conformance"))).map((name) =>
        join(source, "conformance", name),
      );
      const options = [
        "-encoding",
        "UTF-8",
        "-sourcepath",
        runner,
        "-implicit:none",
        "-proc:none",
        "-d",
        classes,
      ];
      await promisify(execFile)("javac", [...options, ...names]);
      const { base64 } = await createCodePackage(await readFiles(classes));
      return { code_type: "jar", code_filename: "fixtures.jar", func_code: { file: base64 } };
    } finally {
      await rm(classes, { recursive: true });
    }
  },
};
