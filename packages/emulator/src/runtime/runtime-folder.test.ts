import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSandbox } from "../sandbox/create-sandbox.ts";
import { DataFolderError } from "../store/data-folder-error.ts";
import { MemoryPackageStore } from "../store/memory-package-store.ts";
import { refuseForeign } from "../store/refuse-foreign.ts";
import type { FunctionSpec } from "./contract.ts";
import { openOutgoingProxy } from "./http/outgoing-proxy.ts";
import { removeLeftovers } from "./remove-leftovers.ts";
import { openRuntimeFolder } from "./runtime-folder.ts";
import { createWorkplaces } from "./workplaces.ts";

describe("The folder of a runtime", () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "runtime-folder-test-"));
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  const folder = (name: string): string => {
    mkdirSync(join(parent, name));
    return join(parent, name);
  };
  /** A folder with a socket that nobody listens on, as a killed emulator leaves it. */
  const deafFolder = (name: string, socket: string): string => {
    const path = folder(name);
    const script = `require("net").createServer().listen(${JSON.stringify(join(path, socket))}, () => process.kill(process.pid, "SIGKILL"))`;
    spawnSync(process.execPath, ["-e", script]);
    expect(existsSync(join(path, socket))).toBe(true);
    return path;
  };

  it("removes what emulators that are gone left behind, and nothing else", async () => {
    const gone = [
      deafFolder("functiongraph-123-AbC012", "alive"),
      deafFolder("functiongraph-123456789012", "alive"),
      deafFolder("functiongraph-out-deaf", "proxy"),
    ];
    const old = [folder("functiongraph-out-old"), folder("functiongraph-345678901234")];
    const used = folder("functiongraph-456789012345");
    writeFileSync(join(used, "31"), "");
    for (const path of [...old, used]) utimesSync(path, 1, 1);
    const kept = [
      used,
      folder("functiongraph-123-abcdef"),
      folder("functiongraph-123-my-notes"),
      folder("functiongraph-123456789012-notes"),
      folder("functiongraph-210987654321"),
      folder("functiongraph-out-opening"),
      folder("functiongraph-other"),
      folder("elsewhere-out-x"),
    ];
    await removeLeftovers(parent);
    expect([...gone, ...old].filter((path) => existsSync(path))).toEqual([]);
    expect(kept.filter((path) => !existsSync(path))).toEqual([]);
  });

  it("removes folders that may not be written to, as those of code are", async () => {
    const left = deafFolder("functiongraph-123-AbC012", "alive");
    const code = join(left, "places", "1", "function", "code");
    mkdirSync(join(code, "lib"), { recursive: true });
    writeFileSync(join(code, "lib", "one.js"), "", { mode: 0o444 });
    for (const path of [join(code, "lib"), code]) chmodSync(path, 0o555);
    await removeLeftovers(parent);
    expect(existsSync(left)).toBe(false);
  });

  it("leaves that of an emulator which listens, whatever process IDs there are", async () => {
    const opened = await openRuntimeFolder(undefined);
    try {
      await removeLeftovers(tmpdir());
      expect(existsSync(opened.path)).toBe(true);
    } finally {
      await opened.remove();
    }
    expect(existsSync(opened.path)).toBe(false);
  });

  it("leaves a proxy that somebody listens on", async () => {
    const proxy = await openOutgoingProxy();
    try {
      await removeLeftovers(tmpdir());
      expect(existsSync(proxy.socket)).toBe(true);
    } finally {
      await proxy.close();
    }
  });

  it("lies elsewhere if the data folder's path cannot stand in scripts, and is removed from there", async () => {
    const data = folder("my project");
    const left = join(data, "runtime");
    mkdirSync(left);
    const opened = await openRuntimeFolder(data);
    expect([existsSync(left), opened.cache]).toEqual([false, join(data, "cache")]);
    expect(opened.path).toMatch(/\/functiongraph-\d+-\w{6}$/);
    expect(existsSync(join(opened.path, "places"))).toBe(true);
    await removeLeftovers(dirname(opened.path));
    expect(existsSync(opened.path)).toBe(true);
    await opened.remove();
    expect(existsSync(opened.path)).toBe(false);
  });

  it("is not made below a folder for temporary files whose path cannot stand in scripts", async () => {
    vi.stubEnv("TMPDIR", folder("temporary files"));
    const opened = await openRuntimeFolder(undefined);
    vi.unstubAllEnvs();
    expect(opened.path).not.toContain(" ");
    await opened.remove();
  });

  it("is empty at the start, whatever an emulator that was killed left in it", async () => {
    const left = join(parent, "runtime", "places", "1".repeat(32), "function", "code");
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, "index.js"), "", { mode: 0o444 });
    mkdirSync(join(parent, "runtime", "code", `${"2".repeat(40)}.01234567`), { recursive: true });
    mkdirSync(join(parent, "runtime", "sandbox"));
    writeFileSync(join(parent, "runtime", "sandbox", "passwd"), "");
    const opened = await openRuntimeFolder(parent);
    expect(existsSync(left)).toBe(false);
    expect(readdirSync(opened.path)).toEqual(["places"]);
    expect(statSync(opened.path).mode & 0o777).toBe(0o700);
    await opened.remove();
    expect(existsSync(opened.path)).toBe(false);
  });

  it("is refused, and nothing removed, where it is somebody else's", async () => {
    mkdirSync(join(parent, "runtime", "code"), { recursive: true });
    writeFileSync(join(parent, "runtime", "code", "main.c"), "mine");
    await expect(openRuntimeFolder(parent)).rejects.toThrow(DataFolderError);
    expect(existsSync(join(parent, "runtime", "code", "main.c"))).toBe(true);
  });

  it("leaves what others put into it meanwhile", async () => {
    const opened = await openRuntimeFolder(parent);
    writeFileSync(join(opened.path, "places", "notes"), "mine");
    mkdirSync(join(opened.path, "places", "3".repeat(32)));
    await opened.remove();
    expect(readdirSync(join(parent, "runtime", "places"))).toEqual(["notes"]);
  });

  it("has nothing in it that the next start would not take for the emulator's own", async () => {
    const packages = new MemoryPackageStore();
    const { digest } = await packages.put(Buffer.from("exports.handler = () => 1"));
    const opened = await openRuntimeFolder(parent);
    const sandbox = await createSandbox({ root: opened.path });
    const workplaces = createWorkplaces(opened.path, packages, sandbox.level);
    await workplaces.fill(await workplaces.make(), {
      code: { digest, filename: "index.js" },
      dependencies: [],
      // Nothing else of a function matters here.
    } as unknown as FunctionSpec);
    await sandbox.close();
    expect(readdirSync(opened.path)).toEqual(expect.arrayContaining(["code", "places"]));
    expect(() => refuseForeign(parent)).not.toThrow();
    await opened.remove();
    expect(existsSync(opened.path)).toBe(false);
  });
});
