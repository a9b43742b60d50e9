import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ada,
  addLocalAlias,
  addLocalFunction,
  addLocalVersion,
  bob,
  forgetLocalFunction,
} from "../../../test/support/local-app.ts";
import { type TriggerCalls, triggerCalls } from "../../../test/support/trigger-calls.ts";
import { type TriggerApp, triggerApp } from "../../../test/support/trigger-server.ts";
import { createLogger } from "../../log/logger.ts";
import { MemoryStore } from "../../store/memory-store.ts";
import { SqliteStore } from "../../store/sqlite-store.ts";
import type { Store } from "../../store/store.ts";
import { createAsyncQueue, type StoredAsyncQueue } from "../async-execution/create-queue.ts";
import { queuedRequests } from "../async-execution/queue-records.ts";
import { ServiceError } from "../service-error.ts";
import { createTimerFiring, type TimerFiring } from "./timer-firing.ts";

const running: TimerFiring[] = [];
afterEach(() => {
  for (const timers of running.splice(0)) timers.close();
});

interface Setting {
  readonly app: TriggerApp;
  readonly calls: TriggerCalls;
  readonly lines: string[];
  readonly timers: TimerFiring;
  /** Moves the clock by seconds and gives the times of what fired. */
  pass(seconds: number): string[];
}

async function setting(): Promise<Setting> {
  const app = triggerApp();
  for (const caller of [ada, bob]) await addLocalFunction(app, caller);
  const lines: string[] = [];
  const log = createLogger({
    level: "warn",
    pretty: false,
    write: (line) => lines.push(line),
    now: () => app.clock.now(),
    secrets: [],
  });
  let requests = 0;
  const timers = createTimerFiring(app, {
    triggers: app.triggers,
    log,
    newRequestId: () => `request-${requests++}`,
  });
  running.push(timers);
  return {
    app,
    calls: triggerCalls(app),
    lines,
    timers,
    pass: (seconds) => {
      app.accepted.length = 0;
      advance(app, seconds);
      return app.accepted.map(({ event }) => JSON.parse(Buffer.from(event).toString()).time.slice(11, 19));
    },
  };
}

function advance(app: TriggerApp, seconds: number): void {
  app.setTime(new Date(app.clock.now().getTime() + seconds * 1000).toISOString());
}

const rate = (schedule: string, more = {}) => ({ schedule_type: "Rate", schedule, ...more });
const cron = (schedule: string, more = {}) => ({ schedule_type: "Cron", schedule, ...more });

describe("timers", () => {
  it.each([
    ["a rate", rate("20m"), 3600, ["10:20:00", "10:40:00", "11:00:00"]],
    ["a Cron expression", cron("30 0/20 * * * ?"), 3600, ["10:00:30", "10:20:30", "10:40:30"]],
    ["a duration", cron("@every 25m"), 3600, ["10:25:00", "10:50:00"]],
    ["a time zone", cron("CRON_TZ=Asia/Tokyo 0 30 19 * * *"), 86_400, ["10:30:00"]],
    ["a time that never comes", cron("0 0 0 30 2 *"), 86_400, []],
  ])("fire by %s", async (_, data, seconds, want) => {
    const { calls, pass } = await setting();
    await calls.create("TIMER", data);
    expect(pass(seconds)).toEqual(want);
  });

  it("tell the function what is documented", async () => {
    const { app, calls, pass } = await setting();
    await calls.create("TIMER", rate("5m", { name: "often", user_event: '{"name":"Ada"}' }));
    pass(300);
    expect(app.accepted).toEqual([
      {
        projectId: ada.projectId,
        urn: `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders:latest`,
        requestId: "request-0",
        event: expect.anything(),
      },
    ]);
    expect(JSON.parse(Buffer.from(app.accepted[0]?.event ?? []).toString())).toEqual({
      version: "v1.0",
      time: "2026-03-02T10:05:00+00:00",
      trigger_type: "TIMER",
      trigger_name: "often",
      user_event: '{"name":"Ada"}',
    });
  });

  it("fire in the order of their times, of all projects, for the version or alias that they belong to", async () => {
    const { app, calls, pass } = await setting();
    addLocalVersion(app, ada, "hello-orders", "v1");
    addLocalAlias(app, ada, "hello-orders", "prod", "v1");
    await calls.create("TIMER", rate("3m"), {
      urn: `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders:!prod`,
    });
    await calls.create("TIMER", rate("2m"), { caller: bob });
    pass(240);
    expect(app.accepted.map(({ urn }) => urn.replace(/^.*:(.*):function:default/, "$1"))).toEqual([
      `${bob.projectId}:hello-orders:latest`,
      `${ada.projectId}:hello-orders:!prod`,
      `${bob.projectId}:hello-orders:latest`,
    ]);
  });

  it("run synchronously if they say so", async () => {
    const { app, calls, pass } = await setting();
    await calls.create("TIMER", rate("5m", { sync_execution: true }));
    expect(pass(300)).toEqual([]);
    expect(app.calls.map(({ call }) => call.type)).toEqual(["sync"]);
  });

  it("stop when disabled and count anew when enabled", async () => {
    const { calls, pass } = await setting();
    const { body } = await calls.create("TIMER", rate("10m"));
    await calls.update(body, { trigger_status: "DISABLED" });
    expect(pass(1500)).toEqual([]);
    await calls.update(body, { trigger_status: "ACTIVE" });
    expect(pass(900)).toEqual(["10:35:00"]);
  });

  it("follow a new schedule at once", async () => {
    const { calls, pass } = await setting();
    const { body } = await calls.create("TIMER", rate("1d"));
    await calls.update(body, { event_data: { schedule: "1m" } });
    expect(pass(60)).toEqual(["10:01:00"]);
  });

  it.each<[string, (given: Setting, trigger: Parameters<TriggerCalls["remove"]>[0]) => unknown]>([
    ["their trigger", ({ calls }, trigger) => calls.remove(trigger)],
    ["all triggers of the version", ({ calls }) => calls.removeAll()],
    ["their function", ({ app }) => forgetLocalFunction(app, ada, "hello-orders")],
    ["everything", ({ app }) => app.store.replace([])],
  ])("end with %s", async (_, remove) => {
    const given = await setting();
    const { body } = await given.calls.create("TIMER", rate("1m"));
    await remove(given, body);
    expect(given.pass(300)).toEqual([]);
  });

  it("come back with a snapshot, without what they have missed", async () => {
    const { app, calls, pass } = await setting();
    await calls.create("TIMER", rate("1m"));
    const kept = [...app.store.documents()];
    app.store.replace([]);
    pass(3600);
    app.store.replace(kept);
    expect(pass(120)).toEqual(["11:01:00", "11:02:00"]);
  });

  it("go on from where a clock was set back to, once told", async () => {
    const { app, calls, timers, pass } = await setting();
    await calls.create("TIMER", cron("0 0 * * * *"));
    app.setTime("2026-03-01T10:30:00Z");
    timers.refresh();
    expect(pass(1800)).toEqual(["11:00:00"]);
  });

  it("do not fire for changes that were taken back", async () => {
    const { app, calls, pass } = await setting();
    const { body } = await calls.create("TIMER", rate("1m"));
    expect(() =>
      app.store.write((tx) => {
        for (const { key } of app.triggers.all()) tx.delete({ name: "trigger" }, ada.projectId, key);
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(body.trigger_status).toBe("ACTIVE");
    expect(pass(60)).toEqual(["10:01:00"]);
  });

  it("log once what keeps a function from running, and go on", async () => {
    const { app, calls, lines, pass } = await setting();
    await calls.create("TIMER", rate("1m"));
    const { accept } = app.queue;
    const refuse = (): never => {
      throw new ServiceError("FSS.0429", "Function Disabled");
    };
    app.queue.accept = refuse;
    expect(pass(120)).toEqual([]);
    expect(lines).toEqual([expect.stringContaining("Function Disabled")]);
    app.queue.accept = accept;
    expect(pass(60)).toHaveLength(1);
    app.queue.accept = refuse;
    pass(120);
    expect(lines).toHaveLength(2);
  });

  it.each([
    ["a few seconds late, one by one", 3.5, 3],
    ["hours late, once, and then from now on", 10_000, 1],
  ])("fire when the machine wakes them %s", async (_, late, want) => {
    const { app, calls, timers } = await setting();
    timers.close();
    let now = app.clock.now().getTime();
    const wakes: (() => void)[] = [];
    const clock = {
      now: () => new Date(now),
      setTimer: (_at: Date, callback: () => void) => {
        wakes.push(callback);
        return () => void wakes.splice(wakes.indexOf(callback), 1);
      },
    };
    await calls.create("TIMER", cron("* * * * * *"));
    const log = createLogger({
      level: "silent",
      pretty: false,
      write: () => {},
      now: clock.now,
      secrets: [],
    });
    const here = { triggers: app.triggers, log, newRequestId: () => "" };
    running.push(createTimerFiring({ ...app, clock }, here));
    now += late * 1000;
    wakes.shift()?.();
    expect(app.accepted).toHaveLength(want);
    expect(wakes).toHaveLength(1);
  });

  it("do nothing any more once closed", async () => {
    const { calls, timers, pass } = await setting();
    await calls.create("TIMER", rate("1m"));
    timers.close();
    expect(pass(300)).toEqual([]);
  });

  it.each([
    ["a rate", rate("1m")],
    ["a duration", cron("@every 60s")],
    ["a Cron expression", cron("0 * * * * *")],
  ])("with %s go on from where a clock was set back to", async (_, data) => {
    const { app, calls, timers, pass } = await setting();
    await calls.create("TIMER", data);
    app.setTime("2026-03-01T10:30:30Z");
    timers.refresh();
    expect(pass(120)).toEqual(["10:31:00", "10:32:00"]);
  });
});

describe("timers with the queue", () => {
  const stores: [string, () => Store][] = [
    ["in memory", () => new MemoryStore()],
    ["on disk", () => new SqliteStore(join(folder, "state.db"))],
  ];
  let folder: string;
  let queue: StoredAsyncQueue | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "timer-firing-"));
  });
  afterEach(async () => {
    await queue?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function withQueue(open: () => Store): Promise<TriggerApp> {
    const app = triggerApp(open());
    queue = createAsyncQueue(app, {
      invoke: () => Promise.reject(new Error("Nothing runs before the clock has stopped.")),
      destinations: {},
      log: () => undefined,
    });
    queue.start();
    app.queue = queue;
    await addLocalFunction(app, ada);
    const log = createLogger({
      level: "silent",
      pretty: false,
      write: () => {},
      now: () => new Date(),
      secrets: [],
    });
    let requests = 0;
    running.push(
      createTimerFiring(app, { triggers: app.triggers, log, newRequestId: () => `request-${requests++}` }),
    );
    return app;
  }

  it.each(stores)("go through a year of a timer per hour in less than five seconds, %s", async (_, open) => {
    const app = await withQueue(open);
    await triggerCalls(app).create("TIMER", cron("0 0 * * * *"));
    const started = performance.now();
    advance(app, 365 * 86_400);
    expect(performance.now() - started).toBeLessThan(5000);
    const queued = app.store.read((tx) => tx.list(queuedRequests, ada.projectId));
    const times = queued.map(({ value }) => value.deadline - value.maxAge * 1000);
    const start = Date.parse("2026-03-02T10:00:00Z");
    expect(times).toEqual(Array.from({ length: 8760 }, (_, hour) => start + (hour + 1) * 3_600_000));
    expect(app.queue.pending()).toBe(8760);
  });

  it("go through months of several timers in few transactions of two documents for each firing, on disk", async () => {
    const app = await withQueue(() => new SqliteStore(join(folder, "state.db")));
    const calls = triggerCalls(app);
    await calls.create("TIMER", rate("10m", { name: "often" }));
    await calls.create("TIMER", rate("1h", { name: "hourly" }));
    await calls.create("TIMER", cron("@every 30m", { name: "every" }));
    await calls.create("TIMER", cron("CRON_TZ=Europe/Berlin 0 0 18 * * ?", { name: "daily" }));
    const before = { documents: [...app.store.documents()].length, transactions: app.store.changes };
    advance(app, 73 * 86_400);
    const days = { often: 144, hourly: 24, every: 48, daily: 1 };
    const total = 73 * (144 + 24 + 48 + 1);
    const queued = app.store.read((tx) => tx.list(queuedRequests, ada.projectId)).map(({ value }) => value);
    const fired = queued.map(({ event }) => JSON.parse(event && "text" in event ? event.text : "{}"));
    for (const [name, daily] of Object.entries(days))
      expect([name, fired.filter((one) => one.trigger_name === name).length]).toEqual([name, 73 * daily]);
    const times = queued.map(({ arrivedAt }) => arrivedAt);
    expect(times).toEqual(fired.map(({ time }) => Date.parse(time)));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    // And one that says that the project has requests.
    expect([...app.store.documents()].length - before.documents).toBe(2 * total + 1);
    // A thousand firings in each, and one more where the timers begin and end.
    expect(app.store.changes - before.transactions).toBeLessThanOrEqual(Math.ceil(total / 1000) + 2);
    expect(app.queue.pending()).toBe(total);
  }, 60_000);

  it("go through a hundred days of a timer per minute and several others, one by one", async () => {
    const app = await withQueue(() => new MemoryStore());
    const calls = triggerCalls(app);
    await calls.create("TIMER", cron("0 * * * * *"));
    await calls.create("TIMER", rate("20m"));
    await calls.create("TIMER", cron("@every 1h30m"));
    const started = performance.now();
    advance(app, 100 * 86_400);
    // Twenty times as long as it takes; what grows with the square of the firings takes minutes.
    expect(performance.now() - started).toBeLessThan(60_000);
    expect(app.queue.pending()).toBe(144_000 + 7200 + 1600);
  }, 120_000);
});
