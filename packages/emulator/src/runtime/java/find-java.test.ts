import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findJava, javaPrograms } from "./find-java.ts";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "find-java-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program called `java` in a `bin` of its own. */
function java(name: string, script = "exit 1"): string {
  const bin = join(folder, name, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "java"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, "java"), 0o755);
  return bin;
}

describe.skipIf(process.platform === "win32")("Java", () => {
  it("is looked for in JAVA_HOME, PATH and the usual places", () => {
    const [home, path, usual] = [java("home"), java("path"), java("usual")];
    const environment = { JAVA_HOME: join(folder, "home"), PATH: path };
    expect(javaPrograms("java", environment, [usual])).toEqual(
      [home, path, usual].map((bin) => join(bin, "java")),
    );
    expect(javaPrograms("java", {}, [usual])).toEqual([join(usual, "java")]);
  });

  it("is found where PATH does not lead", async () => {
    const home = join(folder, "usual");
    const told = ["java.home", "java.version", "java.specification.version"].map(
      (name, at) => `echo '    ${name} = ${[home, "17.0.1", "17"][at]}' >&2`,
    );
    const usual = java("usual", told.join("\n"));
    writeFileSync(join(usual, "javac"), "", { mode: 0o755 });
    const environment = { PATH: "/nowhere" };
    const found = await findJava("Java17", { programs: {}, environment, usual: [usual] });
    expect(found).toMatchObject({ java: { major: 17, home }, compiler: join(usual, "javac") });
    expect(await findJava("Java17", { programs: {}, environment, usual: [] })).toMatchObject({
      reason: expect.stringContaining("none is on this machine"),
    });
  });
});
