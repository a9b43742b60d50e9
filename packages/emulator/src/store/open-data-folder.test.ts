import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDataFolder } from "./open-data-folder.ts";
import { collection } from "./store.ts";

const things = collection<string>("things");

const modeOf = (path: string): number => statSync(path).mode & 0o777;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "data-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("openDataFolder", () => {
  it("keeps documents and packages when it is opened again", async () => {
    const first = openDataFolder(join(folder, "new", "data"));
    const { digest } = await first.packages.put(Buffer.from("code"));
    first.store.write((tx) => tx.put(things, "p", "1", digest));
    first.close();
    first.close();
    const second = openDataFolder(join(folder, "new", "data"));
    const kept = second.store.read((tx) => tx.get(things, "p", "1"));
    expect(await second.packages.get(kept ?? "")).toEqual(new Uint8Array(Buffer.from("code")));
    expect(second.notes).toEqual([]);
    second.close();
  });

  it("is refused while it is open, under any spelling of its path", () => {
    const open = openDataFolder(folder);
    for (const path of [folder, `${folder}/.`, relative(process.cwd(), folder)]) {
      expect(() => openDataFolder(path)).toThrow(
        `The data folder ${folder} is in use by this process (${process.pid}).`,
      );
    }
    open.close();
    openDataFolder(folder).close();
  });

  it("says what it had to repair", () => {
    writeFileSync(join(folder, "state.db"), "garbage ".repeat(1000));
    const open = openDataFolder(folder);
    expect(open.notes).toEqual([expect.stringContaining("was damaged beyond repair")]);
    open.close();
  });

  it("lets go of the folder when it cannot use it", () => {
    mkdirSync(join(folder, "state.db"));
    expect(() => openDataFolder(folder)).toThrow(`${join(folder, "state.db")} cannot be opened`);
    rmSync(join(folder, "state.db"), { recursive: true });
    openDataFolder(folder).close();
  });

  it.skipIf(process.platform === "win32")("lets nobody else look at what it makes", async () => {
    const data = join(folder, "data");
    const open = openDataFolder(data);
    open.store.write((tx) => tx.put(things, "p", "1", "secret"));
    const { digest } = await open.packages.put(Buffer.from("code"));
    const inside = ["state.db", "state.db-wal", "state.db-shm", join("packages", digest.slice(0, 2), digest)];
    expect(modeOf(data)).toBe(0o700);
    expect(inside.map((name) => modeOf(join(data, name)))).toEqual([0o600, 0o600, 0o600, 0o600]);
    open.close();
  });

  it.skipIf(process.platform === "win32")("leaves a folder that is there the mode it has", () => {
    chmodSync(folder, 0o755);
    openDataFolder(folder).close();
    expect(modeOf(folder)).toBe(0o755);
    expect(modeOf(join(folder, "state.db"))).toBe(0o600);
  });

  it("leaves one database, its packages and an empty lock behind", () => {
    openDataFolder(folder).close();
    expect(readdirSync(folder).filter((name) => !/-(wal|shm)$/.test(name))).toEqual([
      "lock",
      "packages",
      "state.db",
    ]);
  });
});
