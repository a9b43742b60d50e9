import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foundJava, type JavaFunctions, javaFunctions } from "../../test/support/java-functions.ts";
import { type AdapterBench, callOf, tryAdapter } from "../../test/support/try-function.ts";
import { findProgram } from "../sandbox/bubblewrap-trial.ts";
import { memoryOf } from "../sandbox/memory-of.ts";
import { writeZip } from "../zip/write-zip.ts";
import type { Worker } from "./contract.ts";
import { createNodeAdapter } from "./node/node-adapter.ts";
import { createPhpAdapter } from "./php/php-adapter.ts";
import { createPythonAdapter } from "./python/python-adapter.ts";

/** MB by which a process at rest and its own look at itself may differ. */
const tolerance = 4;

/** What functions do: they keep 60 MB, or use up their descriptors. Both take longer than what runners know of their memory lasts. */
const languages = {
  node: {
    runtime: "Node.js20.15",
    file: "index.js",
    code: `const fs = require("fs"); const kept = [];
      exports.handler = async (event) => {
        if (event === "keep") kept.push(Buffer.alloc(60 * 2 ** 20, 1));
        else try { for (;;) kept.push(fs.openSync("/dev/null")) } catch {}
        await new Promise((resolve) => setTimeout(resolve, 30));
      }`,
  },
  python: {
    runtime: "Python3.9",
    file: "index.py",
    code: `import os, time
kept = []
def handler(event, context):
    if event == "keep":
        kept.append(b"x" * (60 * 2 ** 20))
    else:
        try:
            while True:
                os.open("/dev/null", os.O_RDONLY)
        except OSError:
            pass
    time.sleep(0.03)
`,
  },
  php: {
    runtime: "PHP8.3",
    file: "index.php",
    code: `<?php
function handler($event, $context) {
  static $kept = [];
  if ($event === "keep") $kept[] = str_repeat("x", 60 * 2 ** 20);
  else while ($one = @fopen("/dev/null", "r")) $kept[] = $one;
  usleep(30000);
}`,
  },
};

describe.runIf(process.platform === "linux")("memory used, as the limit counts it,", () => {
  const isHere = { node: true, python: true, php: findProgram("php") !== undefined };
  let bench: Readonly<Record<keyof typeof languages, AdapterBench>>;
  let java: JavaFunctions | undefined;
  beforeAll(async () => {
    bench = {
      node: await tryAdapter((parts) => createNodeAdapter({ ...parts, warm: 0 })),
      python: await tryAdapter((parts) => createPythonAdapter({ ...parts, warm: 0 })),
      php: await tryAdapter(createPhpAdapter),
    };
    if (!("reason" in foundJava)) java = await javaFunctions("process", 0);
  });
  afterAll(async () => {
    await Promise.all([...Object.values(bench).map((one) => one.close()), java?.close()]);
  });

  async function started(language: keyof typeof languages): Promise<Worker> {
    const { runtime, file, code } = languages[language];
    const worker = await bench[language].start({ [file]: code }, { runtime });
    await worker.initialize();
    return worker;
  }

  /** How far what a worker says is from what the limit counts, in MB. */
  const differenceOf = ({ pid }: Worker, memoryMb = 0): number =>
    Math.abs(memoryMb - memoryOf([`/proc/${pid}`]));

  // Those of the table above.
  for (const language of Object.keys(languages) as (keyof typeof languages)[]) {
    it.runIf(isHere[language])(`is that of ${language}'s process without what others use, too`, async () => {
      const worker = await started(language);
      const { memoryMb } = await worker.call(callOf("keep"));
      expect(memoryMb).toBeGreaterThan(60);
      expect(differenceOf(worker, memoryMb)).toBeLessThan(tolerance);
    });

    it.runIf(isHere[language])(
      `is what it was, where ${language} has no descriptor left to look`,
      async () => {
        const worker = await started(language);
        const { memoryMb: before } = await worker.call(callOf("keep"));
        const { memoryMb: after } = await worker.call(callOf("open"));
        expect(after).toBe(before);
      },
    );
  }

  it.skipIf("reason" in foundJava)("is that of a Java machine", async () => {
    if (!java) return;
    const { worker } = await java.start(await writeZip(await java.classes("java")), {});
    const { memoryMb } = await worker.call(callOf({ act: "calls" }));
    expect(differenceOf(worker, memoryMb)).toBeLessThan(tolerance);
  });
});
