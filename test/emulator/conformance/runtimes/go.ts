import { join } from "node:path";
import { createCodePackage } from "@functiongraph/client/zip";
import { buildGoSource, missingGo } from "../../../../packages/emulator/test/support/go-programs.ts";
import { actingFunctions } from "./acting-functions.ts";
import { fixtures } from "./pack-fixtures.ts";
import type { RuntimeUnderTest } from "./runtime-under-test.ts";

/** A package without the program: what `go build` makes of a folder that is no program. */
const { base64: library } = await createCodePackage({ library: { content: "!<arch>\n", mode: 0o755 } });

/** Functions of Go: a program with the service's runtime library, whose file the handler names. */
export const go: RuntimeUnderTest = {
  name: "go",
  runtime: "Go1.x",
  missing: missingGo,
  functions: {
    ...actingFunctions({ handler: "fixtures" }),
    missingModule: { handler: "missing", func_code: { file: library } },
    brokenSyntax: { handler: "library", func_code: { file: library } },
    own: { handler: "fixtures", initializer_handler: "initialize", initializer_timeout: 5 },
  },
  async pack() {
    const { bytes } = await buildGoSource(join(fixtures, "go", "main.go"));
    const { base64 } = await createCodePackage({ fixtures: { content: bytes, mode: 0o755 } });
    return { code_type: "zip", code_filename: "fixtures.zip", func_code: { file: base64 } };
  },
};
