import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { reasonToInstall, requireNode } from "./ensure-installed.mjs";

describe("reasonToInstall", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "functiongraph-install-"));
    writeFileSync(join(folder, "package-lock.json"), "{}");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const installedAt = (seconds: number) => {
    mkdirSync(join(folder, "node_modules"));
    const marker = join(folder, "node_modules", ".package-lock.json");
    writeFileSync(marker, "{}");
    utimesSync(marker, seconds, seconds);
  };

  it("installs into a fresh clone", () => {
    expect(reasonToInstall(folder)).toBe("node_modules is missing");
  });

  it("installs again when the lock file is newer", () => {
    installedAt(1_000_000);
    expect(reasonToInstall(folder)).toBe("node_modules is older than package-lock.json");
  });

  it("leaves an up-to-date installation alone", () => {
    installedAt(Date.now() / 1000 + 60);
    expect(reasonToInstall(folder)).toBeUndefined();
  });
});

describe("requireNode", () => {
  it.each(["20.19.0", "20.20.2", "22.1.0", "24.0.0"])("accepts %s", (version) => {
    expect(() => requireNode(version)).not.toThrow();
  });

  it.each(["18.20.4", "20.18.3"])("ends with one sentence and a remedy on %s", (version) => {
    const exit = vi.spyOn(process, "exit").mockImplementation(() => {
      throw new Error("exit");
    });
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    expect(() => requireNode(version)).toThrow("exit");
    expect(exit).toHaveBeenCalledWith(1);
    expect(error).toHaveBeenCalledOnce();
    expect(error.mock.calls[0]?.[0]).toMatch(/needs Node\.js 20\.19 or newer, and this is .+nvm install/);
    vi.restoreAllMocks();
  });
});
