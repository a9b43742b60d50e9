import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { expect, it } from "vitest";
import { findProgram } from "./bubblewrap-trial.ts";
import { strayDescriptors } from "./stray-descriptors.ts";

const bash = findProgram("bash");

it("A program's own descriptors are not stray", () => {
  const own = openSync("/dev/null", "r");
  expect(strayDescriptors().stray?.descriptors ?? []).not.toContain(own);
  closeSync(own);
});

it.skipIf(!bash || process.platform !== "linux")(
  "Descriptors that a program was started with are stray",
  () => {
    const script = `import { strayDescriptors } from ${JSON.stringify(new URL("stray-descriptors.ts", import.meta.url).href)};
    console.log(JSON.stringify(strayDescriptors()));`;
    // Node.js itself takes care of the first ones.
    const shell = ["-c", 'exec 140</dev/null; exec "$@"', "bash", process.execPath];
    const { stdout } = spawnSync(
      bash ?? "",
      [...shell, "--import", "tsx", "--input-type=module", "-e", script],
      {
        encoding: "utf8",
        cwd: import.meta.dirname,
      },
    );
    const { stray } = JSON.parse(stdout);
    expect(stray.descriptors).toContain(140);
    expect(stray.shell).toBe(bash);
  },
);
