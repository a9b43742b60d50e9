import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type JournaledApp, journaledApp } from "../../../test/support/journaled-app.ts";
import {
  ada,
  addLocalAlias,
  addLocalFunction,
  addLocalVersion,
  bob,
} from "../../../test/support/local-app.ts";
import { perform } from "../../../test/support/perform.ts";
import {
  deleteFunction,
  showFunctionConfig,
  updateFunctionCode,
  updateFunctionConfig,
} from "../../api/functions.ts";
import {
  listFunctionReservedInstances,
  updateFunctionReservedInstancesCount,
} from "../../api/reserved-instances.ts";
import { listFunctionVersions } from "../../api/versions.ts";
import { MemoryStore } from "../../store/memory-store.ts";
import { watchCollections } from "../../store/watch-collections.ts";
import {
  changingReservations,
  createReservationKeeper,
  type ReservationKeeper,
} from "./keep-reservations.ts";

const base = `urn:fss:eu-de:${ada.projectId}:function:default`;
const day = (hour: string): string => `2026-03-02T${hour}:00.000Z`;
const seconds = (time: string): number => Date.parse(time) / 1000;

let app: JournaledApp;
let keeper: ReservationKeeper;

beforeEach(async () => {
  const store = watchCollections(new MemoryStore(), changingReservations, (changes) => {
    if (changes === "all") keeper?.refresh();
    else for (const project of new Set(changes.map((change) => change.project))) keeper?.refresh(project);
  });
  app = journaledApp({}, { store });
  keeper = createReservationKeeper(app, { log: { warn: (message) => void app.warnings.push(message) } });
  for (const func_name of ["hello", "resize"]) await addLocalFunction(app, ada, { func_name });
  addLocalVersion(app, ada, "hello", "v1");
  addLocalVersion(app, ada, "hello", "v2");
  addLocalAlias(app, ada, "hello", "prod", "v1");
});
afterEach(() => keeper.close());

const set = (urn: string, body: object, caller = ada) =>
  perform(app, caller, "updateFunctionReservedInstancesCount", updateFunctionReservedInstancesCount, {
    path: { function_urn: urn },
    body,
  });

/** What the runner was asked since the last time, as `hello:v1 2`. */
const asked = (): string[] => app.reserved.splice(0).map(([version, count]) => `${version} ${count}`);

/** Moves the clock, as time would: every timer on the way fires. */
const moveTo = (time: string): void => app.setTime(time);

describe("reservations", () => {
  it("are kept as soon as they are set, and let go when they end", async () => {
    await set(`${base}:hello:v1`, { count: 2 });
    await set("resize", { count: 1 });
    expect(asked()).toEqual(["hello:v1 2", "resize:latest 1"]);
    await set(`${base}:hello:v1`, { count: 3 });
    await set("resize", { count: 0 });
    expect(asked()).toEqual(["hello:v1 3", "resize:latest 0"]);
  });

  it("of an alias move with it", async () => {
    await set(`${base}:hello:!prod`, { count: 2 });
    addLocalAlias(app, ada, "hello", "prod", "v2");
    expect(asked()).toEqual(["hello:v1 2", "hello:v2 2", "hello:v1 0"]);
  });

  it("of an alias and the version that it came to are added up", async () => {
    await set(`${base}:hello:!prod`, { count: 2 });
    await set(`${base}:hello:v2`, { count: 3 });
    addLocalAlias(app, ada, "hello", "prod", "v2");
    expect(asked()).toEqual(["hello:v1 2", "hello:v2 3", "hello:v2 5", "hello:v1 0"]);
  });

  it("are kept of the new state when code or configuration change, before the old one is let go", async () => {
    await set("resize", { count: 1 });
    const path = { function_urn: "resize" };
    const file = Buffer.from("exports.handler = async () => 2;").toString("base64");
    const body = { code_type: "inline", func_code: { file } };
    expect((await perform(app, ada, "updateFunctionCode", updateFunctionCode, { path, body })).status).toBe(
      200,
    );
    expect(asked()).toEqual(["resize:latest 1", "resize:latest 1", "resize:latest 0"]);
    const config = {
      func_name: "resize",
      runtime: "Node.js18.15",
      handler: "index.handler",
      timeout: 5,
      memory_size: 512,
    };
    await perform(app, ada, "updateFunctionConfig", updateFunctionConfig, { path, body: config });
    expect(asked()).toEqual(["resize:latest 1", "resize:latest 0"]);
  });

  it("end with their function", async () => {
    await set(`${base}:hello:v1`, { count: 2 });
    await perform(app, ada, "deleteFunction", deleteFunction, { path: { function_urn: "hello" } });
    expect(asked()).toEqual(["hello:v1 2", "hello:v1 0"]);
  });

  it("end with a reset, and are asked for anew when everything may be different", async () => {
    await addLocalFunction(app, bob, { func_name: "hello" });
    await set(`${base}:hello:v1`, { count: 2 });
    await set("hello", { count: 4 }, bob);
    expect(asked()).toEqual(["hello:v1 2", "hello:latest 4"]);
    app.store.replace([...app.store.documents()].filter(({ project }) => project !== ada.projectId));
    expect(asked().toSorted()).toEqual(["hello:latest 4", "hello:v1 0"]);
  });

  it("are kept again after a restart", async () => {
    await set(`${base}:hello:v1`, { count: 2 });
    keeper.close();
    asked();
    keeper = createReservationKeeper(app, { log: { warn: () => undefined } });
    keeper.refresh();
    expect(asked()).toEqual(["hello:v1 2"]);
  });

  it("that the runner refuses are told of and harm nobody", async () => {
    app.runner.reserve = () => {
      throw new Error("no such runtime");
    };
    expect((await set("resize", { count: 1 })).status).toBe(200);
    expect(app.warnings).toEqual(["Reserved instances could not be kept."]);
  });
});

describe("schedules", () => {
  it("change the number at their times", async () => {
    const march = { start_time: seconds(day("08:00")), expired_time: seconds("2026-03-04T20:30:00Z") };
    const cron_configs = [
      { name: "morning", cron: "0 0 12 * * *", count: 5, ...march },
      { name: "evening", cron: "0 0 19 * * *", count: 3, ...march },
    ];
    await set("resize", { count: 2, tactics_config: { cron_configs } });
    const at = (time: string): string[] => {
      moveTo(time);
      return asked();
    };
    expect(asked()).toEqual(["resize:latest 2"]);
    expect(at("2026-03-02T11:59:59Z")).toEqual([]);
    expect(at("2026-03-02T12:00:00Z")).toEqual(["resize:latest 5"]);
    expect(at("2026-03-02T19:00:00Z")).toEqual(["resize:latest 3"]);
    // Two days at once: every change in its order, and the end.
    expect(at("2026-03-05T00:00:00Z")).toEqual([5, 3, 5, 3, 2].map((count) => `resize:latest ${count}`));
    expect(at("2027-03-05T00:00:00Z")).toEqual([]);
  });

  it("wake nobody up for what is in force already", async () => {
    const always = { start_time: 0, expired_time: seconds("2030-01-01T00:00:00Z") };
    const cron_configs = [{ name: "always", cron: "* * * * * *", count: 2, ...always }];
    await set("resize", { count: 0, tactics_config: { cron_configs } });
    let timers = 0;
    const setTimer = app.clock.setTimer.bind(app.clock);
    app.clock.setTimer = (at, callback) => {
      timers += 1;
      return setTimer(at, callback);
    };
    moveTo("2027-01-01T00:00:00Z");
    expect([asked(), timers]).toEqual([["resize:latest 2"], 0]);
  });
});

describe("load policies", () => {
  const busy = async (count: number): Promise<void> => {
    const spec = app.specOf("resize");
    app.running.splice(0, 1, { spec, onDemand: 0, reserved: count, busy: count });
    moveTo(new Date(app.clock.now().getTime() + 10_000).toISOString());
  };

  it("add instances while the busy share is above the threshold, and leave the fewest that they say", async () => {
    const metric_configs = [{ name: "load", type: "Concurrency", threshold: 50, min: 2 }];
    await set("resize", { count: 1, tactics_config: { metric_configs } });
    expect(asked()).toEqual(["resize:latest 2"]);
    await busy(2);
    await busy(4);
    await busy(4);
    await busy(0);
    expect(asked()).toEqual(["resize:latest 4", "resize:latest 8", "resize:latest 2"]);
  });

  it("stay within what a project can reserve", async () => {
    const metric_configs = [{ name: "load", type: "Concurrency", threshold: 10, min: 0 }];
    await set("hello", { count: 70 });
    await set("resize", { count: 5, tactics_config: { metric_configs } });
    asked();
    await busy(9);
    expect(asked()).toEqual(["resize:latest 20"]);
  });

  it("are seen in the count of the moment", async () => {
    const metric_configs = [{ name: "load", type: "Concurrency", threshold: 50, min: 2 }];
    await set("resize", { count: 1, tactics_config: { metric_configs } });
    await busy(4);
    const { body } = await perform(
      app,
      ada,
      "listFunctionReservedInstances",
      listFunctionReservedInstances,
      {},
    );
    expect(body.reservedinstances).toEqual([{ func_urn: `${base}:resize:latest`, count: 4 }]);
  });
});

describe("configurations", () => {
  it("tell of the reservation of their version, or of the alias before it", async () => {
    await set(`${base}:hello:!prod`, { count: 2, idle_mode: true });
    await set(`${base}:hello:latest`, { count: 1 });
    const shown = async (function_urn: string): Promise<unknown> => {
      const { body } = await perform(app, ada, "showFunctionConfig", showFunctionConfig, {
        path: { function_urn },
      });
      return [body.reserved_instance_count, body.reserved_instance_idle_mode];
    };
    expect(await shown(`${base}:hello:v1`)).toEqual([2, true]);
    expect(await shown(`${base}:hello:!prod`)).toEqual([2, true]);
    expect(await shown("hello")).toEqual([1, false]);
    expect(await shown(`${base}:hello:v2`)).toEqual([undefined, undefined]);
    const { body } = await perform(app, ada, "listFunctionVersions", listFunctionVersions, {
      path: { function_urn: "hello" },
    });
    expect(body.versions?.map((one) => [one.version, one.reserved_instance_idle_mode])).toContainEqual([
      "v1",
      true,
    ]);
  });
});
