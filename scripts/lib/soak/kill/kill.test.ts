import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DataFolder, openDataFolder } from "../../../../packages/emulator/src/store/open-data-folder.ts";
import { check, newRecord } from "./check.ts";
import { kill } from "./kill.ts";
import { counters, items, operation, twins } from "./operation.ts";

describe("kill", () => {
  it("loses nothing in ten rounds", { timeout: 120_000 }, async () => {
    const { problems, ...result } = await kill({ rounds: 10, seed: "short" });
    expect(problems).toEqual([]);
    expect(result).toMatchObject({ kills: 10 });
    expect(result.acknowledged).toBeGreaterThan(0);
  });
});

describe("check", () => {
  let folder: string;
  let data: DataFolder;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "kill-check-"));
    data = openDataFolder(folder);
    for (let number = 1; number <= 20; number += 1) {
      const { slot, bytes } = operation("s", "0", number);
      const stored = bytes && (await data.packages.put(bytes));
      data.store.write((tx) => {
        for (const kind of [items, twins]) {
          if (stored) tx.put(kind, "0", slot, { operation: number, digest: stored.digest });
          else tx.delete(kind, "0", slot);
        }
        tx.put(counters, "", "0", number);
      });
    }
  });
  afterEach(() => {
    data.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const found = (known: { begun: number; acknowledged: number }) =>
    check(data, "s", new Map([["0", { ...newRecord(), ...known }]]));
  const anItem = () =>
    data.store.read((tx) => tx.list(items, "0"))[0] ?? { id: "", value: { operation: 0, digest: "" } };

  it.each([
    [20, 20],
    [19, 20],
  ])("finds nothing wrong when %d operations were acknowledged and %d begun", async (acknowledged, begun) => {
    expect(await found({ acknowledged, begun })).toEqual([]);
  });

  it("finds what is lost", async () => {
    expect(await found({ acknowledged: 21, begun: 21 })).toEqual([
      "writer 0: operation 21 was acknowledged and only 20 are there",
    ]);
  });

  it("finds what was never begun", async () => {
    expect(await found({ acknowledged: 19, begun: 19 })).toEqual([
      "writer 0: 20 operations are there and only 19 were begun",
    ]);
  });

  it("finds half a transaction", async () => {
    const { id } = anItem();
    data.store.write((tx) => tx.delete(twins, "0", id));
    expect(await found({ acknowledged: 20, begun: 20 })).toEqual(["writer 0: half a transaction is there"]);
  });

  it("finds an older state of a slot", async () => {
    const { id } = anItem();
    data.store.write((tx) => {
      for (const kind of [items, twins]) tx.delete(kind, "0", id);
    });
    expect(await found({ acknowledged: 20, begun: 20 })).toHaveLength(1);
  });

  it("finds a package that is missing, and one that is damaged", async () => {
    const { digest } = anItem().value;
    const path = join(folder, "packages", digest.slice(0, 2), digest);
    writeFileSync(path, "torn");
    expect(await found({ acknowledged: 20, begun: 20 })).toEqual([
      expect.stringMatching(/is missing or damaged$/),
      expect.stringContaining("is damaged: its bytes have another digest"),
    ]);
    rmSync(path);
    expect(await found({ acknowledged: 20, begun: 20 })).toEqual([
      expect.stringMatching(/is missing or damaged$/),
    ]);
    expect(readdirSync(folder)).toContain("state.db");
  });
});
