import { chmod, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { interpreterChooser } from "./choose-interpreter.ts";
import { askInterpreter, findInterpreter, type Interpreter, isNewEnough } from "./interpreter.ts";

let folder: string;
let here: Interpreter;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "functiongraph-interpreter-"));
  const found = await findInterpreter();
  if (!found) throw new Error("These tests need a python3.");
  here = found;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function script(name: string, text: string): Promise<string> {
  const inside = await mkdtemp(join(folder, "bin-"));
  await writeFile(join(inside, name), `#!/bin/sh\n${text}\n`);
  await chmod(join(inside, name), 0o755);
  return inside;
}

describe("the interpreter of this machine", () => {
  test("is a program by its real path", async () => {
    expect(await realpath(here.program)).toBe(here.program);
    expect(here.version).toMatch(/^3\.\d+\.\d+$/);
    expect(here.prefixes.some((prefix) => here.program.startsWith(prefix))).toBe(true);
  });

  test("is found behind shims and links", async () => {
    const shim = await script("python3", `exec "${here.program}" "$@"`);
    expect(await findInterpreter({ path: shim })).toEqual(here);
    const link = await mkdtemp(join(folder, "link-"));
    await symlink(here.program, join(link, "python3"));
    expect((await findInterpreter({ path: link }))?.program).toBe(here.program);
  });

  test("is the first one that works and is new enough", async () => {
    const broken = await script("python3", "echo 'no version is chosen' >&2; exit 127");
    const old = await script("python3", `echo '{"program": "/usr/bin/python2", "version": "2.7.18"}'`);
    const good = await script("python3", `exec "${here.program}" "$@"`);
    expect(await findInterpreter({ path: ["relative", broken, old, good].join(delimiter) })).toEqual(here);
    expect(await findInterpreter({ path: [broken, old, folder].join(delimiter) })).toBeUndefined();
  });

  test.each([["/nowhere/python3"], ["/bin/false"], ["/bin/echo"]])("%s is none", async (program) => {
    expect(await askInterpreter(program)).toBeUndefined();
  });

  test.each([
    ["2.7.18", false],
    ["3.5.10", false],
    ["3.6.0", true],
    ["3.14.1", true],
    ["4.0.0", false],
  ])("version %s: %s", (version, want) => {
    expect(isNewEnough(version)).toBe(want);
  });
});

describe("the choice for a runtime", () => {
  test.each([
    ["Python3.9", {}],
    ["Python3.9", { "Python3.9": "real" }],
    ["Python3.10", { "Python3.10": "real", Python3: "/nowhere" }],
    ["Python3.12", { Python3: "real", Python: "/nowhere" }],
    ["Python3.12", { Python: "real" }],
    ["Python3.12", { "Python3.9": "/nowhere" }],
    ["Python2.7", { "Python2.7": "real" }],
  ])("%s with %j", async (runtime, programs: Record<string, string>) => {
    const real = Object.fromEntries(
      Object.entries(programs).map(([name, path]) => [name, path === "real" ? here.program : path]),
    );
    expect(await interpreterChooser(real)(runtime)).toEqual(here);
  });

  test("says what is missing and what to do", async () => {
    const old = join(
      await script("python2", `echo '{"program": "/usr/bin/python2", "version": "2.7.18"}'`),
      "python2",
    );
    const choose = interpreterChooser({ "Python3.9": "/nowhere/python3", "Python2.7": old });
    expect(await choose("Python3.9")).toEqual({
      reason: expect.stringMatching(
        /^The program \/nowhere\/python3, configured for Python3\.9, cannot be started/,
      ),
    });
    expect(await choose("Python2.7")).toEqual({
      reason: expect.stringMatching(
        /is Python 2\.7\.18\. Configure Python 3\.6 or newer in the option runtime\.programs, as /,
      ),
    });
    expect(await interpreterChooser({ "Python3.9": "/nowhere/python3" })("")).toEqual(here);
    expect(await interpreterChooser({})("Python2.7")).toEqual({
      reason: expect.stringMatching(/^No interpreter is configured for the runtime Python2\.7\./),
    });
  });
});
