import { beforeEach, describe, expect, it } from "vitest";
import {
  ada,
  addLocalFunction,
  addLocalVersion,
  bob,
  type LocalApp,
  localApp,
} from "../../../test/support/local-app.ts";
import { type TriggerCalls, triggerCalls } from "../../../test/support/trigger-calls.ts";
import { triggerableConfig, triggerSettings } from "../../../test/support/trigger-settings.ts";

let app: LocalApp;
let calls: TriggerCalls;
const version1 = `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders:v1`;
const other = "default:resize-image";

beforeEach(async () => {
  app = localApp();
  calls = triggerCalls(app);
  await addLocalFunction(app, ada, { ...triggerableConfig });
  await addLocalFunction(app, ada, { ...triggerableConfig, func_name: "resize-image" });
  await addLocalFunction(app, bob, { ...triggerableConfig });
  addLocalVersion(app, ada, "hello-orders", "v1");
});

type Type = keyof typeof triggerSettings;

describe("a second trigger of a version is refused", () => {
  it.each<{ type: Type; second: Record<string, unknown>; want: RegExp; why: string }>([
    {
      type: "SMN",
      second: {},
      want: /^FSS\.1141 The SMN trigger already exists\. /,
      why: "for the same topic",
    },
    {
      type: "OBS",
      second: { name: "b" },
      want: /^FSS\.1145 The OBS trigger already exists\. /,
      why: "for the same objects",
    },
    {
      type: "OBS",
      second: { bucket: "another" },
      want: /^FSS\.1307 The trigger name already exists\. /,
      why: "for a notification of the same name",
    },
    {
      type: "APIG",
      second: { path: "/other" },
      want: /^FSS\.1146 The APIG trigger already exists\. /,
      why: "for an API of the same name",
    },
    {
      type: "APIG",
      second: { name: "b" },
      want: /^FSS\.1147 The request path already exists\. /,
      why: "at the same path",
    },
    {
      type: "APIG",
      second: { name: "b", req_method: "GET" },
      want: /^FSS\.1147 /,
      why: "at the same path with one of all methods",
    },
    {
      type: "TIMER",
      second: { schedule: "9m" },
      want: /^FSS\.1148 The timer trigger already exists\. /,
      why: "with the same name",
    },
    {
      type: "KAFKA",
      second: { topic_ids: ["x", "orders"] },
      want: /^FSS\.1150 The Kafka trigger already exists\. /,
      why: "for the same topic of an instance",
    },
    { type: "OPENSOURCEKAFKA", second: {}, want: /^FSS\.1150 /, why: "for the same topic of a broker" },
    {
      type: "CTS",
      second: { operations: ["ECS:a:b"] },
      want: /^FSS\.1307 /,
      why: "for a notification of the same name",
    },
  ])("$type $why", async ({ type, second, want }) => {
    await calls.create(type);
    expect((await calls.create(type, { ...triggerSettings[type], ...second })).error).toMatch(want);
    expect((await calls.list()).body).toHaveLength(1);
  });
});

describe("a second trigger is welcome", () => {
  it.each<{ type: Type; second: Record<string, unknown>; urn?: string; why: string }>([
    { type: "SMN", second: {}, urn: version1, why: "in another version" },
    { type: "TIMER", second: {}, urn: version1, why: "in another version" },
    { type: "TIMER", second: {}, urn: other, why: "of another function" },
    { type: "TIMER", second: { name: undefined }, why: "without a name" },
    { type: "APIG", second: { name: "b", path: "/other" }, why: "at another path" },
    { type: "APIG", second: { name: "b", group_id: "another" }, why: "in another group" },
    { type: "KAFKA", second: { topic_ids: ["x"] }, why: "for another topic" },
    { type: "OBS", second: { name: "b", events: ["s3:ObjectRemoved:*"] }, why: "for other events" },
    { type: "OBS", second: { name: "b", prefix: "outgoing/" }, why: "for another prefix" },
    { type: "OBS", second: { name: "b", suffix: ".csv" }, why: "for another suffix" },
    { type: "OBS", second: { bucket: "another" }, urn: other, why: "of another bucket" },
  ])("$type $why", async ({ type, second, urn }) => {
    await calls.create(type);
    const data = Object.fromEntries(
      Object.entries({ ...triggerSettings[type], ...second }).filter(([, value]) => value !== undefined),
    );
    expect((await calls.create(type, data, urn === undefined ? {} : { urn })).error).toBeUndefined();
  });
});

describe("across the functions of a project", () => {
  it.each<{ change: Record<string, unknown> }>([
    { change: { events: ["Put"] } },
    { change: { events: ["s3:ObjectCreated:Copy", "s3:ObjectRemoved:*"], prefix: "incoming/today/" } },
    { change: { prefix: undefined, suffix: undefined } },
    { change: { suffix: "orders.json" } },
  ])("two triggers must not watch the same objects: $change", async ({ change }) => {
    await calls.create("OBS");
    const data = Object.fromEntries(
      Object.entries({ ...triggerSettings.OBS, ...change }).filter(([, value]) => value !== undefined),
    );
    const { error } = await calls.create("OBS", data, { urn: other });
    expect(error).toMatch(
      /^FSS\.1108 The bucket configuration of the current trigger conflicts .* function default:hello-orders:latest watches/,
    );
    expect((await calls.create("OBS", data, { caller: bob })).error).toBeUndefined();
  });

  it("a group of APIs has each path once", async () => {
    await calls.create("APIG");
    expect((await calls.create("APIG", undefined, { urn: other })).error).toMatch(
      /^FSS\.1147 .*default:hello-orders:latest/,
    );
    expect((await calls.create("APIG", undefined, { caller: bob })).error).toBeUndefined();
  });
});

describe("an update runs into another trigger", () => {
  it.each<{ type: Type; second: Record<string, unknown>; change: Record<string, unknown>; want: RegExp }>([
    { type: "TIMER", second: { name: "b" }, change: { name: "every-five-minutes" }, want: /^FSS\.1307 / },
    {
      type: "APIG",
      second: { name: "b", path: "/b" },
      change: { name: "hello-orders-api" },
      want: /^FSS\.1307 /,
    },
    {
      type: "APIG",
      second: { name: "b", path: "/b" },
      change: { path: "/hello-orders" },
      want: /^FSS\.1147 /,
    },
    {
      type: "OBS",
      second: { name: "b", prefix: "b/" },
      change: { prefix: "incoming/" },
      want: /^FSS\.1108 /,
    },
    {
      type: "SMN",
      second: { topic_urn: "urn:smn:eu-de:p:b" },
      change: { topic_urn: triggerSettings.SMN.topic_urn },
      want: /^FSS\.1102 /,
    },
    {
      type: "KAFKA",
      second: { topic_ids: ["b"] },
      change: { topic_ids: ["b", "orders"] },
      want: /^FSS\.1112 /,
    },
  ])("$type $change", async ({ type, second, change, want }) => {
    await calls.create(type);
    const { body, error } = await calls.create(type, { ...triggerSettings[type], ...second });
    expect(error).toBeUndefined();
    expect((await calls.update(body, { event_data: change })).error).toMatch(want);
    expect((await calls.update(body, { event_data: second })).error).toBeUndefined();
  });
});

describe("limits", () => {
  const timer = (name: string) => ({ ...triggerSettings.TIMER, name });

  it("a version has at most ten triggers", async () => {
    for (let count = 0; count < 10; count++)
      expect((await calls.create("TIMER", timer(`t${count}`))).status).toBe(201);
    expect((await calls.create("TIMER", timer("t10"))).error).toMatch(
      /^FSS\.1306 The number of triggers exceeds .* at most 10\.$/,
    );
    expect((await calls.create("TIMER", timer("t10"), { urn: version1 })).status).toBe(201);
  });

  it("a project has at most ten active triggers that poll", async () => {
    const kafka = (topic: string) => ({ ...triggerSettings.KAFKA, topic_ids: [topic] });
    for (let count = 0; count < 9; count++)
      await calls.create("KAFKA", kafka(`t${count}`), { status: "ACTIVE" });
    const { body: last } = await calls.create("KAFKA", kafka("t9"));
    expect((await calls.create("DIS", undefined, { urn: other })).status).toBe(201);
    expect((await calls.create("DMS", undefined, { urn: other })).error).toMatch(
      /^FSS\.1123 The number of pull triggers exceeds /,
    );
    expect((await calls.update(last, { trigger_status: "ACTIVE" })).error).toMatch(/^FSS\.1123 /);
    expect((await calls.create("DMS", undefined, { urn: other, status: "DISABLED" })).status).toBe(201);
    expect((await calls.create("TIMER", undefined, { urn: other })).status).toBe(201);
  });

  it("a project has at most ten CTS triggers", async () => {
    for (let count = 0; count < 10; count++) {
      const urn = count % 2 === 0 ? other : version1;
      await calls.create("CTS", { ...triggerSettings.CTS, name: `c${count}` }, { urn });
    }
    expect((await calls.create("CTS")).error).toMatch(
      /^FSS\.1306 .* A project has at most 10 CTS triggers\.$/,
    );
  });
});

describe("what the source needs of the function", () => {
  beforeEach(async () => {
    await addLocalFunction(app, ada, { func_name: "plain" });
    await addLocalFunction(
      app,
      ada,
      { func_name: "web", runtime: "http", handler: "bootstrap", ...triggerableConfig },
      { codeType: "zip", filename: "web.zip" },
    );
  });

  it.each<{ type: Type; want: string }>([
    { type: "KAFKA", want: "FSS.1114" },
    { type: "OPENSOURCEKAFKA", want: "FSS.1153" },
    { type: "DDS", want: "FSS.1153" },
    { type: "RABBITMQ", want: "FSS.1153" },
    { type: "DIS", want: "FSS.1121" },
    { type: "DMS", want: "FSS.1121" },
    { type: "LTS", want: "FSS.1121" },
  ])("is checked for $type", async ({ type, want }) => {
    expect((await calls.create(type, undefined, { urn: "default:plain" })).error?.split(" ")[0]).toBe(want);
  });

  it.each<{ type: Type; want: string | undefined }>([
    { type: "APIG", want: undefined },
    { type: "DEDICATEDGATEWAY", want: undefined },
    { type: "TIMER", want: "FSS.1153" },
    { type: "KAFKA", want: "FSS.1153" },
  ])("by an HTTP function is a gateway: $type", async ({ type, want }) => {
    expect((await calls.create(type, undefined, { urn: "default:web" })).error?.split(" ")[0]).toBe(want);
  });

  it("by an HTTP function is a gateway that waits for it", async () => {
    const data = { ...triggerSettings.APIG, func_info: { timeout: 5000, invocation_type: "async" } };
    const { error } = await calls.create("APIG", data, { urn: "default:web" });
    expect(error).toMatch(/^FSS\.1153 .*An HTTP function cannot be run asynchronously/);
    const { body } = await calls.create("APIG", undefined, { urn: "default:web" });
    const change = { event_data: { func_info: data.func_info } };
    expect((await calls.update(body, change, { urn: "default:web" })).error).toMatch(/^FSS\.1153 /);
  });
});

it("two requests at once create a trigger once", async () => {
  const answers = await Promise.all([calls.create("TIMER"), calls.create("TIMER"), calls.create("TIMER")]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  const { body } = await calls.list();
  const removed = await Promise.all(
    body.flatMap((trigger) => [calls.remove(trigger), calls.remove(trigger)]),
  );
  expect(removed.map(({ status }) => status).sort()).toEqual([204, 404]);
});
