import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { DeliveryRecord } from "../queue-records.ts";
import { deliverToObjectStorage } from "./object-storage.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "functiongraph-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function deliver(objectStorage: string): Promise<void> {
  // What the delivery reads of it.
  const record = { name: "hello", requestId: "r", payload: "{}" } as DeliveryRecord;
  return deliverToObjectStorage(
    { objectStorage },
    {
      project: "p",
      record,
      param: { bucket: "orders", prefix: "a/b/" },
      now: new Date("2026-03-02T09:00:00Z"),
      signal: new AbortController().signal,
    },
  );
}

it("an object is written with all the folders above it", async () => {
  await deliver(join(folder, "new", "buckets"));
  const file = join(folder, "new", "buckets", "orders", "a", "b", "hello", "2026-03-02", "r.json");
  expect(readFileSync(file, "utf8")).toBe("{}");
});

it.runIf(process.platform === "linux")(
  "a folder that cannot be made is an error, not an endless try",
  async () => {
    await expect(deliver("/proc/nowhere/buckets")).rejects.toThrow(/ENOENT|EACCES|EPERM/);
  },
);
