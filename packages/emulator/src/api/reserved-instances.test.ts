import { beforeEach, describe, expect, it } from "vitest";
import {
  ada,
  addLocalAlias,
  addLocalFunction,
  addLocalVersion,
  forgetLocalFunction,
  type LocalApp,
  localApp,
} from "../../test/support/local-app.ts";
import { perform } from "../../test/support/perform.ts";
import {
  listFunctionReservedInstances,
  listReservedInstanceConfigs,
  updateFunctionReservedInstancesCount,
} from "./reserved-instances.ts";

const base = `urn:fss:eu-de:${ada.projectId}:function:default`;
const march = { start_time: 1772406000, expired_time: 1774994400 };
const morning = { name: "morning", cron: "0 0 6 * * *", count: 5, ...march };
const evening = { name: "evening", cron: "0 0 19 * * *", count: 2, ...march };
const busy = { name: "busy", type: "Concurrency", threshold: 80, min: 2 };
const schedule = {
  count: 2,
  idle_mode: true,
  tactics_config: { cron_configs: [morning, evening], metric_configs: [busy] },
};

let app: LocalApp;
const set = (urn: string, body: object) =>
  perform(app, ada, "updateFunctionReservedInstancesCount", updateFunctionReservedInstancesCount, {
    path: { function_urn: urn },
    body,
  });
const configs = (query: Record<string, string> = {}) =>
  perform(app, ada, "listReservedInstanceConfigs", listReservedInstanceConfigs, { query });
const counts = (query: Record<string, string> = {}) =>
  perform(app, ada, "listFunctionReservedInstances", listFunctionReservedInstances, { query });

beforeEach(async () => {
  app = localApp();
  await addLocalFunction(app, ada);
  await addLocalFunction(app, ada, { func_name: "resize-image" });
  addLocalVersion(app, ada, "hello-orders", "v1");
  addLocalVersion(app, ada, "hello-orders", "v2");
  addLocalAlias(app, ada, "hello-orders", "prod", "v1");
});

describe("reservations", () => {
  it("are set for a version, an alias or latest, and answered with what was set", async () => {
    expect((await set(`${base}:hello-orders:v1`, schedule)).body).toEqual(schedule);
    expect((await set("resize-image", { count: 1 })).body).toEqual({ count: 1, idle_mode: false });
    expect((await configs()).body).toEqual({
      reserved_instances: [
        {
          function_urn: `${base}:hello-orders:v1`,
          qualifier_type: "version",
          qualifier_name: "v1",
          min_count: 2,
          idle_mode: true,
          tactics_config: schedule.tactics_config,
        },
        {
          function_urn: `${base}:resize-image:latest`,
          qualifier_type: "version",
          qualifier_name: "latest",
          min_count: 1,
          idle_mode: false,
        },
      ],
      page_info: { next_marker: 2, previous_marker: 0, current_count: 2 },
      count: 2,
    });
  });

  it("of an alias are named after it", async () => {
    await set(`${base}:hello-orders:!prod`, { count: 1 });
    expect((await configs()).body.reserved_instances).toEqual([
      {
        function_urn: `${base}:hello-orders:!prod`,
        qualifier_type: "alias",
        qualifier_name: "prod",
        min_count: 1,
        idle_mode: false,
      },
    ]);
  });

  it("end with no instances and no policies", async () => {
    await set("hello-orders", schedule);
    expect((await set("hello-orders", { count: 0 })).body).toEqual({ count: 0, idle_mode: false });
    expect((await configs()).body).toEqual({
      reserved_instances: [],
      page_info: { next_marker: 0, previous_marker: 0, current_count: 0 },
      count: 0,
    });
  });

  it("stay with policies alone", async () => {
    await set("hello-orders", { count: 0, tactics_config: { cron_configs: [evening] } });
    expect((await configs()).body.count).toBe(1);
  });

  it("are at most 90 of 100 instances, schedules and other reservations included", async () => {
    expect((await set("hello-orders", { count: 91 })).error).toMatch(
      /^FSS.1026 Invalid Concurrency.*at most 90/,
    );
    await set("resize-image", { count: 80, tactics_config: { cron_configs: [{ ...morning, count: 85 }] } });
    expect((await set("hello-orders", { count: 6 })).error).toMatch(/^FSS.1026 .*at most 5/);
    expect((await set("hello-orders", { count: 5 })).status).toBe(200);
    expect((await set("hello-orders", { count: 4 })).status).toBe(200);
  });

  it("are for an alias or for the version behind it", async () => {
    await set(`${base}:hello-orders:v1`, { count: 1 });
    expect((await set(`${base}:hello-orders:!prod`, { count: 1 })).error).toMatch(/^FSS.0400 .*v1/);
    await set(`${base}:hello-orders:v1`, { count: 0 });
    expect((await set(`${base}:hello-orders:!prod`, { count: 1 })).status).toBe(200);
    expect((await set(`${base}:hello-orders:v1`, { count: 1 })).error).toMatch(/^FSS.0400 .*prod/);
    expect((await set(`${base}:hello-orders:v2`, { count: 1 })).status).toBe(200);
  });

  it.each([
    [
      "a cron expression of four fields",
      { cron_configs: [{ ...morning, cron: "0 0 6 *" }] },
      /FSS.0400 .*cron_configs\[0\].cron/,
    ],
    ["an interval", { cron_configs: [{ ...morning, cron: "@every 1h" }] }, /FSS.0400 .*cron/],
    [
      "a schedule of another zone",
      { cron_configs: [{ ...morning, cron: "CRON_TZ=Europe/Berlin 0 0 6 * * *" }] },
      /FSS.0400 .*UTC/,
    ],
    ["hour 25", { cron_configs: [{ ...morning, cron: "0 0 25 * * *" }] }, /FSS.0400 .*hours/],
    [
      "an end before the start",
      { cron_configs: [{ ...morning, expired_time: march.start_time }] },
      /FSS.0400 .*expired_time/,
    ],
    ["a schedule without count", { cron_configs: [{ ...morning, count: undefined }] }, /FSS.0400 .*count/],
    ["a schedule without name", { cron_configs: [{ ...morning, name: "" }] }, /FSS.0400 .*name/],
    [
      "two policies of one name",
      { cron_configs: [morning], metric_configs: [{ ...busy, name: "morning" }] },
      /FSS.0400 .*unique/,
    ],
    ["another metric", { metric_configs: [{ ...busy, type: "Memory" }] }, /FSS.0400 .*Concurrency/],
    ["a threshold of 100", { metric_configs: [{ ...busy, threshold: 100 }] }, /FSS.0400 .*threshold/],
    ["no threshold", { metric_configs: [{ ...busy, threshold: undefined }] }, /FSS.0400 .*threshold/],
    ["no lower end", { metric_configs: [{ ...busy, min: undefined }] }, /FSS.0400 .*min/],
  ])("refuse %s", async (_, tactics_config, error) => {
    expect((await set("hello-orders", { count: 1, tactics_config })).error).toMatch(error);
    expect((await configs()).body.count).toBe(0);
  });

  it.each([
    ["nobody", "FSS.1051"],
    [`${base}:hello-orders:v9`, "FSS.1052"],
    [`${base}:hello-orders:!none`, "FSS.1053"],
    ["a:b:c:d:e", "FSS.1309"],
  ])("refuse %s with %s, set or listed", async (urn, code) => {
    const error = new RegExp(`^${code} `);
    expect((await set(urn, { count: 1 })).error).toMatch(error);
    expect((await configs({ function_urn: urn })).error).toMatch(error);
    expect((await counts({ urn })).error).toMatch(error);
  });

  it("refuse a negative count", async () => {
    expect((await set("hello-orders", { count: -1 })).error).toMatch(/^FSS.1026 /);
  });

  it("go with their version, alias or function", async () => {
    await set("hello-orders", { count: 1 });
    await set(`${base}:hello-orders:v2`, { count: 1 });
    await set(`${base}:hello-orders:!prod`, { count: 1 });
    await set("resize-image", { count: 1 });
    const left = async (qualifier?: string) => {
      forgetLocalFunction(app, ada, "hello-orders", qualifier);
      return (await configs()).body.reserved_instances?.map((one) => one.qualifier_name);
    };
    expect(await left("!prod")).toEqual(["latest", "v2", "latest"]);
    expect(await left("v2")).toEqual(["latest", "latest"]);
    expect(await left()).toEqual(["latest"]);
  });
});

describe("lists of reservations", () => {
  beforeEach(async () => {
    await set("hello-orders", { count: 3 });
    await set(`${base}:hello-orders:v1`, { count: 2 });
    await set("resize-image", { count: 1 });
  });

  it("are narrowed to a function, or to one version of it", async () => {
    expect(
      (await configs({ function_urn: "hello-orders" })).body.reserved_instances?.map(
        (one) => one.qualifier_name,
      ),
    ).toEqual(["latest", "v1"]);
    expect(
      (await configs({ function_urn: `${base}:hello-orders:v1` })).body.reserved_instances?.map(
        (one) => one.qualifier_name,
      ),
    ).toEqual(["v1"]);
    expect((await counts({ urn: "hello-orders" })).body.reservedinstances).toEqual([
      { func_urn: `${base}:hello-orders:latest`, count: 3 },
    ]);
    expect((await counts({ urn: `${base}:hello-orders:v2` })).body).toEqual({
      reservedinstances: [],
      page_info: { next_marker: 0, previous_marker: 0, current_count: 0 },
      count: 0,
    });
  });

  it("come in pages", async () => {
    const first = await counts({ limit: "2" });
    expect(first.body).toMatchObject({
      reservedinstances: [{ count: 3 }, { count: 2 }],
      page_info: { next_marker: 2, previous_marker: 0, current_count: 2 },
      count: 3,
    });
    const second = await counts({ limit: "2", marker: "2" });
    expect(second.body).toMatchObject({
      reservedinstances: [{ count: 1 }],
      page_info: { next_marker: 3, previous_marker: 0, current_count: 1 },
    });
    expect((await configs({ limit: "1", marker: "1" })).body.page_info).toEqual({
      next_marker: 2,
      previous_marker: 0,
      current_count: 1,
    });
    expect((await counts({ limit: "0" })).body.page_info?.current_count).toBe(3);
  });

  it.each([{ limit: "-1" }, { limit: "ten" }, { marker: "x" }])("refuse %o", async (query) => {
    expect((await counts(query as Record<string, string>)).error).toMatch(/^FSS.1001 /);
    expect((await configs(query as Record<string, string>)).error).toMatch(/^FSS.1001 /);
  });

  it.each([
    ["2026-03-02T05:59:59Z", 2],
    ["2026-03-02T06:00:00Z", 5],
    ["2026-03-02T18:59:59Z", 5],
    ["2026-03-02T19:00:00Z", 2],
    ["2026-03-31T21:59:59Z", 2],
    ["2026-03-31T06:00:00Z", 5],
    ["2026-04-01T06:00:00Z", 2],
  ])("count the schedules of %s in", async (time, count) => {
    await set(`${base}:hello-orders:v1`, schedule);
    app.setTime(time);
    expect((await counts({ urn: `${base}:hello-orders:v1` })).body.reservedinstances).toEqual([
      { func_urn: `${base}:hello-orders:v1`, count },
    ]);
  });
});
