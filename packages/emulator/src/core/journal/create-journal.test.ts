import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { type JournaledApp, journaledApp } from "../../../test/support/journaled-app.ts";
import { ada, addLocalFunction, addLocalVersion } from "../../../test/support/local-app.ts";
import { perform } from "../../../test/support/perform.ts";
import { deleteFunction, listFunctions } from "../../api/functions.ts";
import { listFunctionAsMetric, listFunctionStatistics, listStatistics } from "../../api/metrics.ts";
import { MemoryStore } from "../../store/memory-store.ts";
import { SqliteStore } from "../../store/sqlite-store.ts";
import type { Store } from "../../store/store.ts";
import { failureMinutes } from "../metrics/failures.ts";
import { invocationMinutes } from "../metrics/invocation-metrics.ts";
import { bookedTimes } from "./booked-times.ts";

const folder = mkdtempSync(join(tmpdir(), "fg-journal-"));
const open: JournaledApp[] = [];

afterEach(async () => {
  for (const app of open.splice(0)) {
    await app.journal.close();
    app.store.close();
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stores: [string, () => Store][] = [
  ["memory", () => new MemoryStore()],
  ["SQLite", () => new SqliteStore(join(mkdtempSync(join(folder, "state-")), "state.db"))],
];

async function appOn(store: Store): Promise<JournaledApp> {
  const app = journaledApp({ store });
  open.push(app);
  await addLocalFunction(app, ada);
  await addLocalFunction(app, ada, { func_name: "resize-image", memory_size: 512 });
  return app;
}

async function latestFigures(app: JournaledApp, urn: string): Promise<Record<string, number | undefined>> {
  const path = { func_urn: urn, period: "5" };
  const { body } = await perform(app, ada, "listFunctionStatistics", listFunctionStatistics, { path });
  return Object.fromEntries(Object.entries(body).map(([name, points]) => [name, points?.at(-1)?.value]));
}

const failCounts = async (app: JournaledApp): Promise<unknown> => {
  const { body } = await perform(app, ada, "listFunctions", listFunctions, {});
  return body.functions?.map((one) => [one.func_name, one.fail_count]);
};

describe.each(stores)("the journal on %s", (_, makeStore) => {
  let app: JournaledApp;
  beforeEach(async () => {
    app = await appOn(makeStore());
  });

  it("counts a run that was due at another time as of then", async () => {
    const path = { func_urn: "hello-orders", period: "14400" };
    const due = new Date(app.clock.now().getTime() - 2 * 86_400_000);
    bookedTimes(app.store).set("late", due);
    app.ended("hello-orders", { requestId: "late" });
    app.ended("hello-orders", { requestId: "other" });
    const { body } = await perform(app, ada, "listFunctionStatistics", listFunctionStatistics, { path });
    expect(body.count?.slice(-3).map(({ value }) => value)).toEqual([1, -1, 1]);
  });

  it("shows calls at once in the statistics of their function", async () => {
    app.ended("hello-orders", { duration: 12.5 });
    app.ended("hello-orders", { duration: 7.5, code: 4002 });
    app.ended("hello-orders", { duration: 100, code: 161900 });
    app.journal.rejected(app.specOf("hello-orders"), app.clock.now());
    expect(await latestFigures(app, "hello-orders")).toEqual({
      count: 4,
      duration: 40,
      max_duration: 100,
      min_duration: 7.5,
      fail_count: 2,
      function_error_count: 1,
      system_error_count: 1,
      reject_count: 1,
      concurrency_num: 1,
      reserved_instance_num: 0,
    });
    app.ended("hello-orders", { duration: 1 });
    expect(await latestFigures(app, "hello-orders")).toMatchObject({
      count: 5,
      min_duration: 1,
      max_duration: 100,
    });
    expect(await latestFigures(app, "resize-image")).toMatchObject({ count: -1 });
  });

  it("shows them in the usage of the project, by what is billed", async () => {
    app.ended("hello-orders", { duration: 3999.2, billed: 4000 });
    app.ended("resize-image", { duration: 1000, billed: 1000 });
    const query = { filter: "monthly_report" };
    const { body } = await perform(app, ada, "listStatistics", listStatistics, { query });
    expect([body.count, body.gbs]).toEqual([
      [{ date: "2026-03", value: 2 }],
      [{ date: "2026-03", value: 1.5 }],
    ]);
  });

  it("shows them among the leading functions", async () => {
    app.ended("resize-image", { code: 4010 });
    app.ended("resize-image", { code: 4205 });
    app.ended("hello-orders", { code: 4001 });
    const { body } = await perform(app, ada, "listFunctionAsMetric", listFunctionAsMetric, {});
    expect(body.values?.map(({ key, value }) => [key?.split(":").at(-1), value])).toEqual([
      ["resize-image", 2],
      ["hello-orders", 1],
    ]);
  });

  it("shows in the list of functions how many calls of any version failed within a day", async () => {
    addLocalVersion(app, ada, "hello-orders", "v1");
    app.ended("hello-orders", { code: 4002 });
    app.ended("hello-orders:v1", { code: 4002 });
    app.ended("resize-image");
    expect(await failCounts(app)).toEqual([
      ["hello-orders", 2],
      ["resize-image", 0],
    ]);
    app.setTime("2026-03-02T22:00:00Z");
    app.ended("hello-orders", { code: 150429 });
    expect(await failCounts(app)).toContainEqual(["hello-orders", 3]);
    app.setTime("2026-03-03T10:01:00Z");
    expect(await failCounts(app)).toContainEqual(["hello-orders", 1]);
  });

  it("starts a new function of the same name from zero", async () => {
    app.ended("hello-orders", { code: 4002 });
    app.journal.flush();
    await perform(app, ada, "deleteFunction", deleteFunction, { path: { function_urn: "hello-orders" } });
    await addLocalFunction(app, ada);
    expect(await failCounts(app)).toContainEqual(["hello-orders", 0]);
  });

  it("takes the instances of the moment along", async () => {
    const spec = app.specOf("hello-orders");
    app.running.push(
      { spec, onDemand: 3, reserved: 2, busy: 4 },
      { spec, onDemand: 1, reserved: 0, busy: 0 },
    );
    app.ended("hello-orders");
    expect(await latestFigures(app, "hello-orders")).toMatchObject({
      concurrency_num: 4,
      reserved_instance_num: 2,
    });
  });

  it("joins ten thousand calls to one document and loses none", async () => {
    for (let call = 0; call < 10_000; call += 1) app.ended("hello-orders", { duration: call });
    expect(await latestFigures(app, "hello-orders")).toMatchObject({
      count: 10_000,
      duration: 4999.5,
      max_duration: 9999,
      min_duration: 0,
    });
    expect(app.store.read((tx) => tx.count(invocationMinutes, ada.projectId))).toBe(1);
  });
});

describe("the journal", () => {
  it("writes within about a second without being asked", async () => {
    const store = new MemoryStore();
    const app = await appOn(store);
    const written = new Promise<void>((resolve) => {
      const write = store.write.bind(store);
      store.write = (work) => {
        const result = write(work);
        resolve();
        return result;
      };
    });
    app.ended("hello-orders");
    expect(store.read((tx) => tx.count(invocationMinutes, ada.projectId))).toBe(0);
    await written;
    expect(store.read((tx) => tx.count(invocationMinutes, ada.projectId))).toBe(1);
  });

  it("keeps figures that could not be written for the next time", async () => {
    const store = new MemoryStore();
    const app = await appOn(store);
    const write = store.write;
    store.write = () => {
      throw new Error("the disk is full");
    };
    app.ended("hello-orders");
    app.journal.flush();
    expect(app.warnings).toEqual(["Figures could not be stored; they are kept."]);
    store.write = write;
    app.ended("hello-orders");
    expect(await latestFigures(app, "hello-orders")).toMatchObject({ count: 2 });
  });

  it("fails no call, whatever is noted", async () => {
    const app = await appOn(new MemoryStore());
    app.ended("hello-orders", { startedAt: new Date(Number.NaN), log: "x" });
    expect(app.warnings).toHaveLength(1);
    app.ended("hello-orders");
    expect(await latestFigures(app, "hello-orders")).toMatchObject({ count: 1 });
  });

  it("forgets with a reset what was not written yet", async () => {
    const app = await appOn(new MemoryStore());
    app.ended("hello-orders", { log: "printed" });
    app.store.replace([]);
    app.journal.prune();
    app.journal.flush();
    expect(app.store.read((tx) => tx.count(invocationMinutes, ada.projectId))).toBe(0);
    expect([app.journal.counters.all(), await app.journal.logs.history({})]).toEqual([[], []]);
  });

  it("forgets what a call leaves that ends after its function was deleted", async () => {
    const app = await appOn(new MemoryStore());
    const spec = app.specOf("hello-orders");
    await perform(app, ada, "deleteFunction", deleteFunction, { path: { function_urn: "hello-orders" } });
    app.ended("resize-image", { spec, log: "late", code: 4002 });
    app.journal.flush();
    expect([app.journal.counters.all(), await app.journal.logs.history({})]).toEqual([[], []]);
    expect(app.store.read((tx) => tx.count(failureMinutes, ada.projectId))).toBe(0);
  });

  it("forgets with a function its counters and logs, and keeps its share of the project's figures", async () => {
    const app = await appOn(new MemoryStore());
    app.ended("hello-orders", { log: "printed" });
    app.ended("resize-image", { log: "resized" });
    await perform(app, ada, "deleteFunction", deleteFunction, { path: { function_urn: "hello-orders" } });
    app.journal.flush();
    app.journal.prune(ada.projectId);
    expect(app.journal.counters.all().map(({ name }) => name)).toEqual(["resize-image"]);
    expect((await app.journal.logs.history({})).map(({ text }) => text)).toEqual(["resized\n"]);
    const query = { filter: "monitor_data", period: "1" };
    const { body } = await perform(app, ada, "listStatistics", listStatistics, { query });
    expect(body.statistics?.count?.[0]?.value).toBe(2);
  });
});
