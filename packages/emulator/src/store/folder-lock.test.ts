import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataFolderError } from "./data-folder-error.ts";
import { FolderLock } from "./folder-lock.ts";

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "folder-lock-"));
});
afterEach(() => {
  child?.kill("SIGKILL");
  child = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Another process that has the folder. */
async function holder(): Promise<ChildProcess> {
  const code = `
    const { FolderLock } = await import(${JSON.stringify(fileURLToPath(new URL("folder-lock.ts", import.meta.url)))});
    globalThis.lock = new FolderLock(${JSON.stringify(folder)});
    console.log("locked");
    setInterval(() => {}, 1000);`;
  child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.stdout) await once(child.stdout, "data");
  return child;
}

describe("FolderLock", () => {
  it("makes the folder and lets it be locked again once it is released", () => {
    const path = join(folder, "a", "b");
    new FolderLock(path).release();
    new FolderLock(path).release();
  });

  it("refuses a second lock in this process", () => {
    const lock = new FolderLock(folder);
    expect(() => new FolderLock(folder)).toThrow(
      new DataFolderError(
        `The data folder ${folder} is in use by this process (${process.pid}). Stop that emulator, or choose another data folder.`,
      ),
    );
    lock.release();
  });

  it("refuses a second process, naming the folder and the process that has it", async () => {
    const { pid } = await holder();
    expect(() => new FolderLock(folder)).toThrow(
      new DataFolderError(
        `The data folder ${folder} is in use by process ${pid}. Stop that emulator, or choose another data folder.`,
      ),
    );
  });

  it("is taken over from a process that was killed", async () => {
    const killed = await holder();
    killed.kill("SIGKILL");
    await once(killed, "exit");
    expect(readFileSync(join(folder, "lock-owner"), "utf8")).toBe(String(killed.pid));
    const lock = new FolderLock(folder);
    expect(readFileSync(join(folder, "lock-owner"), "utf8")).toBe(String(process.pid));
    lock.release();
  });

  it("believes no file about who has it: this process may have the id of a dead one", () => {
    writeFileSync(join(folder, "lock-owner"), String(process.pid));
    new FolderLock(folder).release();
  });

  it.each(["", "nonsense", "999999999", "-1"])("names nobody where the owner's file says %j", (text) => {
    const lock = new FolderLock(folder);
    writeFileSync(join(folder, "lock-owner"), text);
    expect(() => new FolderLock(folder)).toThrow(`The data folder ${folder} is in use by another process.`);
    lock.release();
  });

  it("refuses a path that is a file", () => {
    const path = join(folder, "file");
    writeFileSync(path, "");
    expect(() => new FolderLock(path)).toThrow(
      `The data folder ${path} cannot be used: ${path} is in the way, as it is a file.`,
    );
  });
});
