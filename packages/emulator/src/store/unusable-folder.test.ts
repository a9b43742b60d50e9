import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataFolderError } from "./data-folder-error.ts";
import { openDataFolder } from "./open-data-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unusable-folder-"));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the data folder as somebody whom the file system may refuse: root is nobody meanwhile. */
function open(path: string): void {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    openDataFolder(path).close();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

describe("A data folder that cannot be used", () => {
  it.each([
    ["is a file", "data", "data"],
    ["lies below a file", "file/a/b", "file"],
    ["has a file called packages", "data", "data/packages"],
  ])("is refused when it %s", (_, name, file) => {
    const [path, inTheWay] = [join(folder, name), join(folder, file)];
    mkdirSync(dirname(inTheWay), { recursive: true });
    writeFileSync(inTheWay, "");
    const refusal = `The data folder ${path} cannot be used: ${inTheWay} is in the way, as it is a file. Move it away, or choose another data folder.`;
    expect(() => openDataFolder(path)).toThrow(new DataFolderError(refusal));
    rmSync(inTheWay);
    openDataFolder(path).close();
  });

  it.each(["lock", "lock-owner"])("is refused when it has a folder called %s", (name) => {
    mkdirSync(join(folder, name));
    expect(() => openDataFolder(folder)).toThrow(
      `${join(folder, name)} is in the way, as it is a folder. Move it away,`,
    );
    rmSync(join(folder, name), { recursive: true });
    openDataFolder(folder).close();
  });

  it("is refused when it is a link to nothing", () => {
    symlinkSync(join(folder, "missing"), join(folder, "link"));
    expect(() => openDataFolder(join(folder, "link"))).toThrow("as it is a link that leads to no folder.");
  });

  it("is refused when its lock is none", () => {
    writeFileSync(join(folder, "lock"), "garbage ".repeat(1000));
    expect(() => openDataFolder(folder)).toThrow(
      `The data folder ${folder} cannot be used: its file lock is not the emulator's. Move it away, or choose another data folder.`,
    );
  });

  it.skipIf(process.platform === "win32")("is refused when this user may not write in it, or make it", () => {
    chmodSync(folder, 0o555);
    const remedy = `this user may not write at ${folder}. Allow it, or choose another data folder.`;
    expect(() => open(folder)).toThrow(`The data folder ${folder} cannot be used: ${remedy}`);
    const inside = join(folder, "a", "b");
    expect(() => open(inside)).toThrow(`The data folder ${inside} cannot be used: ${remedy}`);
  });

  it.skipIf(process.platform !== "linux")("is refused at once where the system takes no folders", () => {
    const code = `
      const { openDataFolder } = await import(${JSON.stringify(fileURLToPath(new URL("open-data-folder.ts", import.meta.url)))});
      try { openDataFolder("/proc/a/b"); } catch (error) { console.log(error.message); }`;
    // Apart, so that a call that never returns fails the test instead of holding it.
    const { stdout } = spawnSync(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "--eval", code],
      {
        encoding: "utf8",
        timeout: 20_000,
      },
    );
    expect(stdout).toBe(
      "The data folder /proc/a/b cannot be used: no folder can be made in /proc. Choose another data folder.\n",
    );
  });
});
