import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { ada, addLocalFunction, bob } from "../../../test/support/local-app.ts";
import { triggerCalls } from "../../../test/support/trigger-calls.ts";
import { type TriggerApp, triggerApp } from "../../../test/support/trigger-server.ts";
import { triggerableConfig, triggerSettings } from "../../../test/support/trigger-settings.ts";
import { ServiceError } from "../service-error.ts";
import type { KnownTriggerType } from "../triggers/trigger-rules.ts";
import type { Description } from "./description-fields.ts";
import { eventKinds } from "./event-kinds.ts";
import { type FiredEvent, fireEvent } from "./fire-event.ts";

/** What the webhooks of the API's description are called. */
const webhooks: Readonly<Record<KnownTriggerType, string>> = {
  TIMER: "timerEvent",
  APIG: "apigEvent",
  DEDICATEDGATEWAY: "dedicatedGatewayEvent",
  APIC: "apicEvent",
  OBS: "obsEvent",
  SMN: "smnEvent",
  KAFKA: "kafkaEvent",
  OPENSOURCEKAFKA: "openSourceKafkaEvent",
  ROCKETMQ: "rocketmqEvent",
  RABBITMQ: "rabbitmqEvent",
  DMS: "dmsEvent",
  DIS: "disEvent",
  LTS: "ltsEvent",
  CTS: "ctsEvent",
  DDS: "ddsEvent",
  GAUSSMONGO: "gaussMongoEvent",
  EVENTGRID: "eventGridEvent",
  IOTDA: "iotdaEvent",
};
// The keys above are those of the type.
const types = Object.keys(webhooks) as KnownTriggerType[];

const bundle: unknown = JSON.parse(
  readFileSync(new URL("../../../../../spec/dist/openapi.json", import.meta.url), "utf8"),
  // Objects that list their properties have no others here, so that a misspelt one is found.
  (_, value) =>
    value?.type === "object" && value.properties && value.additionalProperties === undefined
      ? { ...value, additionalProperties: false }
      : value,
);
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(bundle as object, "api"); // a JSON file that holds an object

/** What the description's webhook has against an event. */
function problems(type: KnownTriggerType, event: unknown): unknown {
  const schema = `api#/webhooks/${webhooks[type]}/post/requestBody/content/application~1json/schema`;
  const validate = ajv.compile({ $ref: schema });
  validate(JSON.parse(JSON.stringify(event)));
  return validate.errors ?? [];
}

async function app(): Promise<TriggerApp> {
  const made = triggerApp();
  await addLocalFunction(made, ada, triggerableConfig);
  return made;
}

/** An app with one active trigger of a type. */
async function withTrigger(
  type: KnownTriggerType,
  data: object = triggerSettings[type],
): Promise<TriggerApp> {
  const made = await app();
  const { error } = await triggerCalls(made).create(type, data, {
    ...(["KAFKA", "DDS"].includes(type) && { status: "ACTIVE" }),
  });
  if (error !== undefined) throw new Error(error);
  return made;
}

let ids = 0;
function fire(made: TriggerApp, type: string, description: Description): Promise<FiredEvent> {
  return fireEvent(made, {
    type,
    project: ada.projectId,
    domain: ada.domainId,
    description,
    newId: () => (ids++).toString(16).padStart(32, "a"),
  });
}

const urn = `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders:latest`;

/** Descriptions that the triggers of `triggerSettings` are set up for, where the examples are not. */
const special: Partial<Record<KnownTriggerType, Description>> = {
  TIMER: {},
  EVENTGRID: {
    source: "HC.OBS.DWR",
    type: "OBS:DWR:ObjectCreated:PUT",
    bucket: "example-orders",
    key: "a b",
  },
  IOTDA: { resource: "device", event: "create" },
};
const fitting = (type: KnownTriggerType): Description => special[type] ?? eventKinds[type].example;

it("an event is told from what the description does not allow", () => {
  expect(problems("OBS", { Records: [{ eventName: 1 }] })).not.toEqual([]);
  expect(problems("LTS", { lts: { data: "", more: 1 } })).toHaveLength(1);
});

describe.each(types)("an event for %s", (type) => {
  it("is what the description's webhook says, for a trigger and without one", async () => {
    const made = await withTrigger(type);
    const fired = await fire(made, type, fitting(type));
    expect(problems(type, fired.event)).toEqual([]);
    expect(fired.invoked).toEqual([
      expect.objectContaining({
        function_urn: urn,
        trigger_id: expect.any(String),
        request_id: expect.any(String),
      }),
    ]);
    const shown = await fire(await app(), type, eventKinds[type].example);
    expect(problems(type, shown.event)).toEqual([]);
    expect(shown.invoked).toEqual([]);
  });

  it("is put into the queue, or waited for by a gateway", async () => {
    const made = await withTrigger(type);
    made.answer = () => '{"statusCode":200}';
    const { event, invoked } = await fire(made, type.toLowerCase(), fitting(type));
    const waits = ["APIG", "DEDICATEDGATEWAY", "APIC"].includes(type);
    const [got] = waits ? made.calls.map(({ call }) => call) : made.accepted;
    expect(JSON.parse(Buffer.from(got?.event ?? []).toString())).toEqual(JSON.parse(JSON.stringify(event)));
    expect(invoked[0]).toMatchObject(waits ? { code: 0, result: '{"statusCode":200}' } : {});
    expect([made.calls.length, made.accepted.length]).toEqual(waits ? [1, 0] : [0, 1]);
    expect(got?.requestId).toBe(invoked[0]?.request_id);
  });
});

describe("an event reaches triggers", () => {
  it.each<[KnownTriggerType, string, Description, boolean]>([
    ["OBS", "another bucket", { bucket: "b", key: "incoming/a.json" }, false],
    ["OBS", "another prefix", { bucket: "example-orders", key: "a.json" }, false],
    ["OBS", "another suffix", { bucket: "example-orders", key: "incoming/a.txt" }, false],
    ["OBS", "a copy", { bucket: "example-orders", key: "incoming/a.json", event: "Copy" }, true],
    [
      "OBS",
      "the s3 form",
      { bucket: "example-orders", key: "incoming/a.json", event: "s3:ObjectCreated:Post" },
      true,
    ],
    [
      "OBS",
      "a removal",
      { bucket: "example-orders", key: "incoming/a.json", event: "ObjectRemoved:Delete" },
      false,
    ],
    ["SMN", "another topic", { topic_urn: "urn:smn:eu-de:p:other", message: "m" }, false],
    ["KAFKA", "any instance", { topic: "orders", messages: ["m"] }, true],
    ["KAFKA", "another instance", { instance_id: "i", topic: "orders", messages: ["m"] }, false],
    ["KAFKA", "another topic", { topic: "returns", messages: ["m"] }, false],
    [
      "OPENSOURCEKAFKA",
      "another broker",
      { kafka_connect_address: "a:1", topic: "orders", messages: ["m"] },
      false,
    ],
    ["ROCKETMQ", "another topic", { topic: "returns", messages: ["m"] }, false],
    ["RABBITMQ", "another exchange", { exchange: "returns", messages: ["m"] }, false],
    ["DMS", "another queue", { queue_id: "q", messages: ["m"] }, false],
    ["DIS", "another stream", { stream_name: "s", records: ["m"] }, false],
    ["LTS", "another group", { ...eventKinds.LTS.example, log_group_id: "g" }, false],
    ["LTS", "another stream", { ...eventKinds.LTS.example, log_topic_id: "t" }, false],
    ["CTS", "the other operation", { ...eventKinds.CTS.example, trace_name: "deleteServer" }, true],
    ["CTS", "the other resource", { ...eventKinds.CTS.example, resource_type: "ecs" }, true],
    ["CTS", "another operation", { ...eventKinds.CTS.example, trace_name: "createServer" }, false],
    ["CTS", "another service", { ...eventKinds.CTS.example, service_type: "EVS" }, false],
    ["DDS", "another collection", { db_name: "orders", collection_name: "c", document: {} }, false],
    ["GAUSSMONGO", "another database", { db_name: "d", collection_name: "open", document: {} }, false],
    ["EVENTGRID", "another source", { source: "s", type: "OBS:DWR:ObjectCreated:PUT" }, false],
    ["EVENTGRID", "another type", { source: "HC.OBS.DWR", type: "t" }, false],
    ["EVENTGRID", "any bucket", { source: "HC.OBS.DWR", type: "OBS:DWR:ObjectCreated:PUT" }, true],
    ["IOTDA", "another resource", { resource: "product", event: "create" }, false],
    ["TIMER", "its name", { trigger_name: "every-five-minutes" }, true],
    ["TIMER", "another name", { trigger_name: "never" }, false],
    ["APIG", "another path", { path: "/other" }, false],
    ["APIG", "another group", { path: "/hello-orders", group_id: "g" }, false],
  ])("of %s for %s: %j, %s", async (type, _, description, want) => {
    const { invoked } = await fire(await withTrigger(type), type, description);
    expect(invoked).toHaveLength(want ? 1 : 0);
  });

  it("that are the one API which a gateway would call", async () => {
    const made = await withTrigger("APIG");
    await addLocalFunction(made, ada, { func_name: "other" });
    await triggerCalls(made).create(
      "APIG",
      { ...triggerSettings.APIG, name: "other", path: "/hello-orders/{id}", match_mode: "NORMAL" },
      { urn: "default:other" },
    );
    const { event, invoked } = await fire(made, "APIG", { path: "/hello-orders/gr%C3%BC%C3%9F e" });
    expect(invoked.map((each) => each.function_urn)).toEqual([urn.replace("hello-orders", "other")]);
    expect(event).toMatchObject({
      path: "/hello-orders/gr%C3%BC%C3%9F%20e",
      pathParameters: { id: "grüß e" },
    });
  });

  it("that are active, of the project and the type only", async () => {
    const made = await withTrigger("DDS");
    const calls = triggerCalls(made);
    const { body } = await calls.list();
    await calls.update(body[0] ?? { trigger_id: "", trigger_type_code: "" }, { trigger_status: "DISABLED" });
    await addLocalFunction(made, bob, triggerableConfig);
    await calls.create("DDS", triggerSettings.DDS, { caller: bob, status: "ACTIVE" });
    await calls.create("GAUSSMONGO", triggerSettings.GAUSSMONGO);
    expect((await fire(made, "DDS", fitting("DDS"))).invoked).toEqual([]);
  });

  it("even if one of their functions must not run", async () => {
    const made = await withTrigger("SMN");
    await addLocalFunction(made, ada, { ...triggerableConfig, func_name: "other" });
    await triggerCalls(made).create("SMN", triggerSettings.SMN, { urn: "default:other" });
    const { accept } = made.queue;
    made.queue.accept = (request) => {
      if (request.urn === urn) throw new ServiceError("FSS.0429", "Function Disabled");
      accept(request);
    };
    const { invoked } = await fire(made, "SMN", fitting("SMN"));
    expect(invoked.map((each) => [each.function_urn, each.error_code])).toEqual([
      [urn, "FSS.0429"],
      [urn.replace("hello-orders", "other"), undefined],
    ]);
  });
});

describe("a description", () => {
  it.each<[string, Description, string]>([
    ["OBJECTS", {}, 'no trigger type "OBJECTS"; known are TIMER,'],
    ["OBS", { key: "k" }, 'OBS: bucket is missing: it is the name of the bucket, such as "example-orders"'],
    ["OBS", { bucket: "b", key: 5 }, "OBS: key must be a text and is 5: it is the key of the object"],
    ["OBS", { bucket: "b", key: "" }, "OBS: key must not be empty"],
    ["OBS", { bucket: "b", key: "k", size: -1 }, "OBS: size must be a whole number from 0 on and is -1"],
    [
      "OBS",
      { bucket: "b", key: "k", event: "ObjectCreated" },
      "OBS: event must be one of ObjectCreated:Put,",
    ],
    ["OBS", { bucket: "b", key: "k", event: "ObjectEaten:All" }, "OBS: event must be one of"],
    [
      "OBS",
      { bucket: "b", key: "k", sise: 1 },
      "OBS: sise is none of its fields, which are bucket, key, size, event",
    ],
    ["SMN", { topic_urn: "t" }, "SMN: message is missing"],
    ["KAFKA", { topic: "t" }, "KAFKA: messages is missing"],
    ["KAFKA", { topic: "t", messages: "m" }, 'KAFKA: messages must be a list and is "m"'],
    ["KAFKA", { topic: "t", messages: [] }, "KAFKA: messages must have at least one entry"],
    ["LTS", { log_group_id: "g", log_topic_id: "t", logs: [{}] }, "line 1 has none"],
    ["DDS", { db_name: "d", collection_name: "c" }, "DDS: document is missing"],
    ["DDS", { db_name: "d", collection_name: "c", document: "x" }, "DDS: document must be an object"],
    ["TIMER", { time: "soon" }, "TIMER: time must be a time"],
    ["APIG", { path: "x" }, "APIG: path must start with a slash"],
    ["APIG", { path: "/x", isBase64Encoded: "true" }, "APIG: isBase64Encoded must be true or false"],
  ])("of %s is refused when it is %j", async (type, description, message) => {
    await expect(fire(await app(), type, description)).rejects.toMatchObject({
      code: "FSS.0400",
      message: expect.stringContaining(message),
    });
  });
});

describe("the event", () => {
  it("of OBS has the key as the service encodes it", async () => {
    const { event } = await fire(await withTrigger("OBS"), "OBS", fitting("OBS"));
    expect(event).toMatchObject({
      Records: [
        {
          eventName: "ObjectCreated:Put",
          eventTime: "2026-03-02T10:00:00.000Z",
          s3: { configurationId: "new-orders", object: { key: "incoming%2Forder+1.json", size: 1024 } },
        },
      ],
    });
  });

  it("of LTS has the lines in JSON in JSON in Base64", async () => {
    const { event } = await fire(await withTrigger("LTS"), "LTS", fitting("LTS"));
    // The webhook test says that it has this form.
    const { data } = (event as { lts: { data: string } }).lts;
    const { logs } = JSON.parse(Buffer.from(data, "base64").toString());
    expect(JSON.parse(logs)).toEqual([
      expect.objectContaining({
        message: "2026-03-02/10:40:00 Hello, Ada!",
        time: 1772445600000,
        line_no: 1,
      }),
    ]);
  });

  it("of DIS has its data in Base64, and of Kafka its messages as texts", async () => {
    const dis = await fire(await app(), "DIS", {
      stream_name: "s",
      records: [{ partition_key: "k", data: { a: 1 } }],
    });
    expect(dis.event).toMatchObject({
      Message: { records: [{ partition_key: "k", data: Buffer.from('{"a":1}').toString("base64") }] },
      Tag: "latest",
    });
    const kafka = await fire(await app(), "KAFKA", { topic: "t", messages: ["m", { a: 1 }] });
    expect(kafka.event).toMatchObject({ records: [{ topic_id: "t", messages: ["m", '{"a":1}'] }] });
  });

  it("of SMN names the function and shows its time as JavaScript does", async () => {
    const { event, invoked } = await fire(await withTrigger("SMN"), "SMN", fitting("SMN"));
    expect(event).toMatchObject({
      record: [{ event_subscription_urn: urn }],
      functionname: "hello-orders",
      requestId: invoked[0]?.request_id,
      timestamp: "Mon Mar 02 2026 10:00:00 GMT+0000 (UTC)",
    });
  });

  it("of a gateway has repeated parameters as lists, and the body in Base64", async () => {
    const description = {
      path: "/hello-orders/a/b",
      method: "post",
      query: { one: "1", two: ["2", "3"] },
      headers: { "Content-Type": "text/plain" },
      body: "aGk=",
      isBase64Encoded: true,
    };
    const { event } = await fire(await withTrigger("APIG"), "APIG", description);
    expect(event).toMatchObject({
      httpMethod: "POST",
      path: "/hello-orders/a/b",
      pathParameters: { "": "a/b" },
      queryStringParameters: { one: "1", two: ["2", "3"] },
      headers: { "content-type": "text/plain" },
      body: "aGk=",
      isBase64Encoded: true,
    });
  });
});

describe("a description of a call of an API is refused", () => {
  it.each([
    [{ path: "/p?a=1" }, "path must be without a query"],
    [{ path: "/p#a" }, "path must be without a query"],
    [{ path: "/p/%zz" }, "path must be UTF-8 in percent-encoding"],
    [{ path: "/p/\ud800" }, "path must be UTF-8 in percent-encoding"],
    [{ path: "/p", method: "FOO BAR" }, "method must be the name of an HTTP method"],
    [{ path: "/p", body: "%%%", isBase64Encoded: true }, "body must be Base64"],
  ])("when it is %j", async (description, message) => {
    await expect(fire(await app(), "APIG", description)).rejects.toThrow(message);
  });
});

describe("messages of queues", () => {
  it.each(["KAFKA", "OPENSOURCEKAFKA", "ROCKETMQ"] as const)("of %s may have 6 MB", async (type) => {
    const made = await withTrigger(type);
    const messages = ["x".repeat(5 * 1024 * 1024)];
    await fire(made, type, { ...fitting(type), messages });
    expect(made.accepted[0]?.mostBytes).toBe(6 * 1024 * 1024);
    expect(made.accepted[0]?.event.byteLength).toBeGreaterThan(5 * 1024 * 1024);
  });

  it("of a Kafka of one's own name an instance", async () => {
    const made = await withTrigger("OPENSOURCEKAFKA");
    for (const [given, instance_id] of [
      [{}, ""],
      [{ instance_id: "one" }, "one"],
    ] as const) {
      const { event } = await fire(made, "OPENSOURCEKAFKA", { ...fitting("OPENSOURCEKAFKA"), ...given });
      expect(event).toMatchObject({ instance_id });
    }
  });
});
