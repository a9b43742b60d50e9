import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleSpec } from "../../test/support/try-function.ts";
import { ControlledClock } from "../core/controlled-clock.ts";
import type { FunctionRunner } from "../core/invocation/contract.ts";
import { MemoryPackageStore } from "../store/memory-package-store.ts";
import { writeZip } from "../zip/write-zip.ts";
import { createRunner } from "./create-runner.ts";

/** A program of its own that answers with the folder that it is in. */
const loop = `const base = "http://" + process.env.RUNTIME_API_ADDR + "/v1/runtime/invocation";
(async () => {
  for (;;) {
    const request = await fetch(base + "/request");
    const id = request.headers.get("x-cff-request-id");
    if (id) await fetch(base + "/response/" + id, { method: "POST", body: __dirname });
  }
})();
`;
const node = "/opt/function/runtime/nodejs18.15/rtsp/nodejs/bin/node";
/** The folders of this process for instances outside of a data folder. */
const outside = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`functiongraph-${process.pid}-`));

// No bootstrap of the documents quotes a path.
describe("Where the data folder's path has blanks, a bootstrap runs", () => {
  let folder: string;
  let runner: FunctionRunner;
  const packages = new MemoryPackageStore();
  let before: string[];
  beforeAll(async () => {
    before = outside();
    folder = mkdtempSync(join(tmpdir(), "my $project's "));
    runner = await createRunner({
      packages,
      clock: new ControlledClock(),
      dataFolder: join(folder, "data"),
      options: { sandbox: "process", warm: 0 },
      printed: () => undefined,
    });
  });
  afterAll(async () => {
    await runner.close(0);
    rmSync(folder, { recursive: true });
    expect(outside()).toEqual(before);
  });

  it.each([
    ["that names its file by the service's path", `#!/bin/sh\nexec ${node} /opt/function/code/b.js\n`],
    ["that names it by RUNTIME_CODE_ROOT", `#!/bin/sh\nexec ${node} $RUNTIME_CODE_ROOT/b.js\n`],
    ["that names it by its own place", `#!/bin/sh\nexec ${node} $(dirname $0)/b.js\n`],
    ["that names it by the folder it starts in", `#!/bin/sh\ncd $(pwd)/code\nexec ${node} $PWD/b.js\n`],
    ["that is the program", `#!${node}\n${loop}`],
  ])("%s", async (name, bootstrap) => {
    const files = { bootstrap, "b.js": loop };
    const { digest } = await packages.put(
      await writeZip(
        Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text), mode: 0o755 })),
      ),
    );
    const outcome = await runner.run(
      { ...exampleSpec, key: name, name, code: { digest, filename: "code.zip" } },
      { requestId: digest.slice(0, 32), event: Buffer.from("{}"), type: "sync" },
    );
    expect([outcome.code, outcome.log, Buffer.from(outcome.payload).toString()]).toEqual([
      0,
      expect.any(String),
      expect.stringMatching(/^[\w/.-]+\/code$/),
    ]);
  });
});
