import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exampleSpec } from "../../test/support/try-function.ts";
import type { SandboxLevel } from "../sandbox/contract.ts";
import { writeZip } from "../zip/write-zip.ts";
import type { FunctionSpec, Workplace } from "./contract.ts";
import { createWorkplaces, type Workplaces } from "./workplaces.ts";

const files = ["index.js", "lib/a/one.js", "lib/two.js"];
const spec: FunctionSpec = { ...exampleSpec, code: { digest: "package", filename: "code.zip" } };

describe("The places of instances", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "workplaces-test-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const placesOf = async (level: SandboxLevel, names: readonly string[] = files): Promise<Workplaces> => {
    const zip = await writeZip(names.map((path) => ({ path, bytes: Buffer.from("first"), mode: 0o755 })));
    return createWorkplaces(root, { get: async () => zip }, level);
  };
  const filled = async (workplaces: Workplaces): Promise<Workplace> => {
    const place = await workplaces.make();
    await workplaces.fill(place, spec);
    return place;
  };
  const modeOf = (place: Workplace, path: string): number =>
    statSync(join(place.codeFolder, path)).mode & 0o777;

  it("share no file where a function could write to its own", async () => {
    const workplaces = await placesOf("process");
    const [first, second] = [await filled(workplaces), await filled(workplaces)];
    for (const path of files) {
      // Its owner may do that, whatever the mode is at first.
      chmodSync(join(first.codeFolder, path), 0o644);
      writeFileSync(join(first.codeFolder, path), "changed");
    }
    const third = await filled(workplaces);
    for (const { codeFolder } of [second, third])
      expect(files.map((path) => readFileSync(join(codeFolder, path), "utf8"))).toEqual(
        files.map(() => "first"),
      );
  });

  it("have code that is not written to, in files and folders, where the sandbox does not map it", async () => {
    const place = await filled(await placesOf("process"));
    expect(files.map((path) => modeOf(place, path))).toEqual([0o555, 0o555, 0o555]);
    expect([".", "lib", "lib/a"].map((path) => modeOf(place, path))).toEqual([0o555, 0o555, 0o555]);
  });

  it("share their files where the sandbox maps them read-only", async () => {
    const workplaces = await placesOf("namespaces");
    const places = [await filled(workplaces), await filled(workplaces)];
    const inodes = places.map(({ codeFolder }) => statSync(join(codeFolder, "lib/two.js")).ino);
    expect(new Set(inodes).size).toBe(1);
  });

  it("are gone when they are removed", async () => {
    const workplaces = await placesOf("process");
    const place = await filled(workplaces);
    await workplaces.remove(place);
    expect(await readdir(join(root, "places"))).toEqual([]);
  });
});
