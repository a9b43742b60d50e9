import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Workplace } from "../contract.ts";
import { prepareBootstrap } from "./bootstrap.ts";

const node = "/opt/function/runtime/nodejs18.15/rtsp/nodejs/bin/node";
const python = "/opt/function/runtime/python3.9/rtsp/python/bin/python3";

describe("A bootstrap where functions see this machine's paths", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bootstrap-test-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A place with this bootstrap. */
  const placeWith = (bootstrap: string): Workplace => {
    const codeFolder = join(folder, "function", "code");
    mkdirSync(codeFolder, { recursive: true });
    writeFileSync(join(codeFolder, "bootstrap"), bootstrap, { mode: 0o755 });
    const seen = { code: codeFolder, temporary: folder, root: join(folder, "function") };
    return { id: "1", folder, codeFolder, temporaryFolder: folder, seen };
  };
  /** A program that says its name. */
  const programIn = (place: string, name: string): string => {
    mkdirSync(join(folder, place), { recursive: true });
    writeFileSync(join(folder, place, name), `#!/bin/sh\necho ${name} "$@"\n`, { mode: 0o755 });
    return join(folder, place, name);
  };

  it("finds programs whose paths shells would split", async () => {
    const mapped = {
      [node]: programIn("Application Support", "node"),
      [python]: programIn("a;b", "python3"),
    };
    const place = placeWith(`#!/bin/sh\n${node} /opt/function/code/s.js\n${node} 2\nexec ${python} $1\n`);
    await prepareBootstrap(place, "process", { mapped, readable: [], broken: {} });
    expect(execFileSync(join(place.codeFolder, "bootstrap"), ["3"], { encoding: "utf8" })).toBe(
      `node ${place.codeFolder}/s.js\nnode 2\npython3 3\n`,
    );
  });

  it("names programs by their own paths otherwise", async () => {
    const program = programIn("bin", "node");
    const place = placeWith(`#!/bin/sh\necho ${node}\n`);
    await prepareBootstrap(place, "process", { mapped: { [node]: program }, readable: [], broken: {} });
    expect(execFileSync(join(place.codeFolder, "bootstrap"), { encoding: "utf8" })).toBe(`${program}\n`);
  });
});
