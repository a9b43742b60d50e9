import { beforeEach, describe, expect, it } from "vitest";
import {
  ada,
  addLocalAlias,
  addLocalFunction,
  addLocalVersion,
  bob,
  type LocalApp,
  localApp,
} from "../../test/support/local-app.ts";
import { type TriggerCalls, triggerCalls } from "../../test/support/trigger-calls.ts";
import { triggerableConfig, triggerSettings } from "../../test/support/trigger-settings.ts";
import { deleteHooks } from "../core/functions/delete-hooks.ts";

const full = `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders`;
const version1 = `${full}:v1`;
const prod = `${full}:!prod`;

let app: LocalApp;
let calls: TriggerCalls;

beforeEach(async () => {
  app = localApp();
  calls = triggerCalls(app);
  await addLocalFunction(app, ada, { ...triggerableConfig });
  addLocalVersion(app, ada, "hello-orders", "v1");
  addLocalAlias(app, ada, "hello-orders", "prod", "v1");
});

describe("a trigger", () => {
  it.each(Object.keys(triggerSettings))("of type %s is created, shown, listed and deleted", async (type) => {
    const { status, body } = await calls.create(type);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      trigger_type_code: type,
      created_time: "2026-03-02T10:00:00+00:00",
      last_updated_time: "2026-03-02T10:00:00+00:00",
    });
    expect((await calls.show(body)).body).toEqual(body);
    expect((await calls.list()).body).toEqual([body]);
    expect((await calls.remove(body)).status).toBe(204);
    expect((await calls.list()).body).toEqual([]);
  });

  it("of a type that no document knows is kept as it comes", async () => {
    const { status, body } = await calls.create("EXAMPLESOURCE", {
      source: "example-source",
      deep: { list: [1] },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      trigger_status: "ACTIVE",
      event_data: { source: "example-source", deep: { list: [1] } },
    });
    expect((await calls.show(body)).body).toEqual(body);
  });

  it.each([
    { type: "KAFKA", want: "DISABLED" },
    { type: "DDS", want: "DISABLED" },
    { type: "TIMER", want: "ACTIVE" },
    { type: "OPENSOURCEKAFKA", want: "ACTIVE" },
    { type: "APIG", want: "ACTIVE" },
  ])("of type $type starts $want", async ({ type, want }) => {
    expect((await calls.create(type)).body.trigger_status).toBe(want);
  });

  it.each(["TIMER", "DDS", "DMS", "KAFKA", "LTS"])(
    "of type %s can start disabled, be enabled and disabled again",
    async (type) => {
      const { body } = await calls.create(type, undefined, { status: "DISABLED" });
      expect(body.trigger_status).toBe("DISABLED");
      expect((await calls.update(body, { trigger_status: "ACTIVE" })).body.trigger_status).toBe("ACTIVE");
      expect((await calls.update(body, { trigger_status: "DISABLED" })).body.trigger_status).toBe("DISABLED");
    },
  );

  it.each(
    Object.keys(triggerSettings).filter((type) => !["TIMER", "DDS", "DMS", "KAFKA", "LTS"].includes(type)),
  )("of type %s cannot be disabled", async (type) => {
    const refused = `FSS.1318 Invalid trigger operation. A trigger of type ${type} cannot be disabled; TIMER, DDS, DMS, KAFKA and LTS triggers can.`;
    expect((await calls.create(type, undefined, { status: "DISABLED" })).error).toBe(refused);
    const { body } = await calls.create(type);
    expect((await calls.update(body, { trigger_status: "DISABLED" })).error).toBe(refused);
    expect((await calls.update(body, { trigger_status: "ACTIVE" })).body.trigger_status).toBe("ACTIVE");
  });
});

describe("what the service adds", () => {
  it("to a gateway trigger is the API with its address, and how it invokes the function", async () => {
    const { body } = await calls.create("APIG");
    expect(body.trigger_id).toMatch(/^[0-9a-f]{32}$/);
    expect(body.event_data).toEqual({
      ...triggerSettings.APIG,
      func_info: {
        function_urn: "urn:fss:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:function:default:hello-orders",
        invocation_type: "sync",
        timeout: 5000,
        version: "latest",
      },
      sl_domain: "d4e5f60718293a4b5c6d7e8f901a2b3c.apic.eu-de.otc.t-systems.com",
      backend_type: "FUNCTION",
      triggerid: body.trigger_id,
      api_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      api_name: "hello-orders-api",
      invoke_url: "https://d4e5f60718293a4b5c6d7e8f901a2b3c.apic.eu-de.otc.t-systems.com/hello-orders",
    });
  });

  it("to a gateway trigger without a name is one for the API, and in the other cloud another domain", async () => {
    app = localApp({ region: "cn-north-4" });
    await addLocalFunction(app, ada);
    const { name: _, ...unnamed } = triggerSettings.APIG;
    const { body } = await triggerCalls(app).create("APIG", unnamed);
    expect(body.event_data).toMatchObject({
      api_name: "API_hello-orders",
      invoke_url: "https://d4e5f60718293a4b5c6d7e8f901a2b3c.apig.cn-north-4.huaweicloudapis.com/hello-orders",
    });
  });

  it.each([
    { type: "APIC", want: { roma_app_id: expect.stringMatching(/^[0-9a-f-]{36}$/) } },
    { type: "SMN", want: { subscription_status: "Confirmed" } },
    {
      type: "DDS",
      want: {
        db_user: "rwuser",
        mode: "ReplicaSet",
        instance_addrs: [expect.stringMatching(/^192\.168\.\d+\.\d+:8635$/), expect.any(String)],
      },
    },
    { type: "EVENTGRID", want: { status: "ACTIVE", created_time: "2026-03-02T10:00:00+00:00" } },
  ])("to a $type trigger is known", async ({ type, want }) => {
    expect((await calls.create(type)).body.event_data).toMatchObject(want);
  });

  it("to a notification of a bucket without a name is the ID of the trigger", async () => {
    const { name: _, ...unnamed } = triggerSettings.OBS;
    const { body } = await calls.create("OBS", unnamed);
    expect(body.event_data).toMatchObject({ name: body.trigger_id });
  });

  it("never shows a password or key", async () => {
    for (const type of ["KAFKA", "ROCKETMQ", "RABBITMQ", "DDS"]) {
      const { body } = await calls.create(type);
      const shown = JSON.stringify([
        body,
        (await calls.show(body)).body,
        (await calls.update(body, { event_data: {} })).body,
      ]);
      expect(shown).not.toMatch(/password|secret|example-/);
    }
  });
});

describe("an update", () => {
  it("merges an object into the settings and moves the time", async () => {
    const { body } = await calls.create("TIMER");
    app.setTime("2026-03-02T11:25:00Z");
    const changed = await calls.update(body, { event_data: { schedule: "10m" } });
    expect(changed).toMatchObject({ status: 200, error: undefined });
    expect(changed.body).toEqual({
      ...body,
      last_updated_time: "2026-03-02T11:25:00+00:00",
      event_data: { ...triggerSettings.TIMER, schedule: "10m" },
    });
    expect((await calls.show(body)).body).toEqual(changed.body);
  });

  it("merges the first entry of an array", async () => {
    const { body } = await calls.create("DIS");
    const first = { is_serial: false, max_fetch_bytes: 2097152, polling_interval: 5, polling_unit: "s" };
    const changed = await calls.update(body, { event_data: [first, { polling_interval: 7 }] });
    expect(changed.body.event_data).toEqual({ ...triggerSettings.DIS, ...first });
  });

  it("of a type without polling ignores what the array form says about it", async () => {
    const { body } = await calls.create("TIMER");
    expect((await calls.update(body, { event_data: [{ polling_interval: 5 }] })).body.event_data).toEqual(
      body.event_data,
    );
    expect((await calls.update(body, { event_data: [] })).body.event_data).toEqual(body.event_data);
  });

  it("without anything to change leaves even the time", async () => {
    const { body } = await calls.create("TIMER");
    app.setTime("2026-03-02T11:25:00Z");
    expect((await calls.update(body, {})).body).toEqual(body);
  });

  it("keeps a password that it does not name", async () => {
    const { body } = await calls.create("KAFKA");
    expect((await calls.update(body, { event_data: { batch_size: 5 } })).body.event_data).toMatchObject({
      batch_size: 5,
    });
    expect((await calls.update(body, { event_data: { kafka_password: "" } })).error).toMatch(/^FSS\.1113 /);
  });

  it("of a path changes the address, and of a group the domain too", async () => {
    const { body } = await calls.create("APIG");
    const { api_id } = body.trigger_type_code === "APIG" ? body.event_data : {};
    const moved = await calls.update(body, {
      event_data: { path: "/orders", group_id: "other", api_id: "mine", triggerid: "mine" },
    });
    expect(moved.body.event_data).toMatchObject({
      triggerid: body.trigger_id,
      api_id,
      invoke_url: "https://other.apic.eu-de.otc.t-systems.com/orders",
    });
  });

  it.each([
    {
      type: "TIMER",
      data: { schedule: "99m" },
      want: "FSS.1109 Invalid timer trigger parameters. event_data.schedule cannot be read: a rate in minutes is from 1 to 60, and is 99.",
    },
    {
      type: "OBS",
      data: { bucket: "another" },
      want: "FSS.1106 Invalid OBS trigger parameters. event_data.bucket cannot be changed.",
    },
    {
      type: "DIS",
      data: [{ polling_interval: 61 }],
      want: "FSS.0400 Invalid parameter. event_data.polling_interval must be an integer from 1 to 60 and is 61.",
    },
    {
      type: "KAFKA",
      data: { batch_size: 0 },
      want: "FSS.1112 The Kafka trigger parameters are invalid. event_data.batch_size must be an integer from 1 to 1000 and is 0.",
    },
    {
      type: "DDS",
      data: { db_name: "admin" },
      want: 'FSS.1172 The database or collection does not exist. event_data.db_name is "admin", which is reserved.',
    },
    {
      type: "DEDICATEDGATEWAY",
      data: { path: "orders" },
      want: "FSS.1417 Invalid APIG Exclusive trigger parameters. event_data.path must start with a slash.",
    },
  ])("of a $type trigger to what cannot be is refused", async ({ type, data, want }) => {
    const { body } = await calls.create(type);
    expect((await calls.update(body, { event_data: data })).error).toBe(want);
    expect((await calls.show(body)).body).toEqual(body);
  });
});

describe("triggers belong to a version or alias", () => {
  it("and a URN without one means latest", async () => {
    const { body: latest } = await calls.create("TIMER");
    const { body: version } = await calls.create("TIMER", undefined, { urn: version1 });
    const { body: alias } = await calls.create("TIMER", undefined, { urn: prod });
    expect((await calls.list({ urn: "hello-orders" })).body).toEqual([latest]);
    expect((await calls.list({ urn: `${full}:latest` })).body).toEqual([latest]);
    expect((await calls.list({ urn: version1 })).body).toEqual([version]);
    expect((await calls.list({ urn: prod })).body).toEqual([alias]);
    expect((await calls.show(alias)).error).toBe("FSS.1140 The timer trigger does not exist.");
  });

  it("and go with it", async () => {
    for (const urn of ["hello-orders", version1, prod]) await calls.create("TIMER", undefined, { urn });
    const deleted = (qualifier?: string) =>
      app.store.write((tx) => {
        for (const hook of deleteHooks) hook(tx, ada.projectId, "default", "hello-orders", qualifier);
      });
    deleted("v1");
    expect((await calls.list({ urn: version1 })).body).toEqual([]);
    expect((await calls.list()).body).toHaveLength(1);
    deleted();
    expect((await calls.list()).body).toEqual([]);
  });

  it("and are listed in the order of creation", async () => {
    for (const name of ["c", "a", "b"]) await calls.create("TIMER", { ...triggerSettings.TIMER, name });
    expect((await calls.list()).body).toMatchObject(
      ["c", "a", "b"].map((name) => ({ event_data: { name } })),
    );
  });

  it("and all of one are deleted together, however few they are", async () => {
    await calls.create("TIMER");
    await calls.create("APIG");
    const { body: other } = await calls.create("TIMER", undefined, { urn: version1 });
    expect((await calls.removeAll()).status).toBe(204);
    expect((await calls.removeAll()).status).toBe(204);
    expect((await calls.list()).body).toEqual([]);
    expect((await calls.list({ urn: version1 })).body).toEqual([other]);
  });
});

describe("a function that is not there", () => {
  const missing = { trigger_type_code: "TIMER", trigger_id: "b2c3d4e5-f607-4819-a2b3-c4d5e6f70819" };
  it.each([
    { urn: "default:nobody", want: "FSS.1051" },
    { urn: `${full}:v9`, want: "FSS.1052" },
    { urn: `${full}:!beta`, want: "FSS.1053" },
    { urn: "a:b:c:d:e", want: "FSS.1309" },
    { urn: `urn:fss:eu-de:${bob.projectId}:function:default:hello-orders`, want: "FSS.0403" },
  ])("is refused by every operation: $urn", async ({ urn, want }) => {
    const answers = [
      await calls.create("TIMER", undefined, { urn }),
      await calls.list({ urn }),
      await calls.show(missing, { urn }),
      await calls.update(missing, {}, { urn }),
      await calls.remove(missing, { urn }),
      await calls.removeAll({ urn }),
    ];
    expect(answers.map(({ error }) => error?.split(" ")[0])).toEqual(answers.map(() => want));
  });

  it("or is another project's looks the same", async () => {
    await calls.create("TIMER");
    expect((await calls.list({ caller: bob })).error).toMatch(/^FSS\.1051 /);
  });
});

describe("a trigger that is not there", () => {
  it.each([
    { type: "TIMER", want: "FSS.1140 The timer trigger does not exist." },
    { type: "SMN", want: "FSS.1132 The SMN trigger does not exist. View the SMN console." },
    { type: "OBS", want: "FSS.1136 The OBS trigger does not exist." },
    { type: "APIG", want: "FSS.1138 The APIG trigger does not exist." },
    { type: "DEDICATEDGATEWAY", want: "FSS.1138 The APIG trigger does not exist." },
    { type: "KAFKA", want: "FSS.1174 The Kafka trigger does not exist." },
    { type: "OPENSOURCEKAFKA", want: "FSS.1174 The Kafka trigger does not exist." },
    { type: "DIS", want: "FSS.1131 The trigger does not exist." },
    { type: "CTS", want: "FSS.1131 The trigger does not exist." },
    { type: "EXAMPLESOURCE", want: "FSS.1137 Invalid trigger type." },
    { type: "timer", want: "FSS.1137 Invalid trigger type." },
  ])("is refused by its type: $type", async ({ type, want }) => {
    const missing = { trigger_type_code: type, trigger_id: "b2c3d4e5-f607-4819-a2b3-c4d5e6f70819" };
    expect((await calls.show(missing)).error).toBe(want);
    expect((await calls.update(missing, { trigger_status: "ACTIVE" })).error).toBe(want);
    expect((await calls.remove(missing)).error).toBe(want);
  });

  it("may be there with another type", async () => {
    const { body } = await calls.create("TIMER");
    expect((await calls.show({ ...body, trigger_type_code: "SMN" })).error).toMatch(/^FSS\.1132 /);
  });
});
