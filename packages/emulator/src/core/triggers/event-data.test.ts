import { beforeEach, describe, expect, it } from "vitest";
import { ada, addLocalFunction, localApp } from "../../../test/support/local-app.ts";
import { type TriggerCalls, triggerCalls } from "../../../test/support/trigger-calls.ts";
import { triggerableConfig, triggerSettings } from "../../../test/support/trigger-settings.ts";

let calls: TriggerCalls;

beforeEach(async () => {
  const app = localApp();
  calls = triggerCalls(app);
  await addLocalFunction(app, ada, { ...triggerableConfig });
});

type Type = keyof typeof triggerSettings;

/** The usual settings of a type with some of them changed; those set to undefined are left out. */
const settings = (type: Type, change: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({ ...triggerSettings[type], ...change }).filter(([, value]) => value !== undefined),
  );

describe("settings of a trigger are refused with the code of the type, naming the field", () => {
  it.each<{ type: Type; change: Record<string, unknown>; want: RegExp }>([
    {
      type: "TIMER",
      change: { schedule: undefined },
      want: /^FSS\.1109 Invalid timer trigger parameters\. event_data\.schedule is missing/,
    },
    {
      type: "TIMER",
      change: { schedule_type: "rate" },
      want: /^FSS\.1109 .*schedule_type must be .*Rate.*Cron.* and is "rate"/,
    },
    {
      type: "TIMER",
      change: { schedule: "25h" },
      want: /^FSS\.1109 .*event_data\.schedule cannot be read: a rate in hours is from 1 to 24, and is 25\.$/,
    },
    {
      type: "TIMER",
      change: { schedule_type: "Cron", schedule: "0 61 * * * ?" },
      want: /^FSS\.1109 .*the field minutes is from 0 to 59, and has 61\.$/,
    },
    {
      type: "TIMER",
      change: { name: "x".repeat(65) },
      want: /^FSS\.1317 The trigger name is too long\. event_data\.name must have at most 64 characters and has 65/,
    },
    { type: "TIMER", change: { user_event: { json: true } }, want: /^FSS\.1109 .*user_event/ },
    {
      type: "TIMER",
      change: { user_event: "x".repeat(256 * 1024) },
      want: /^FSS\.1109 .*user_event makes events of 262\d\d\d bytes, of which a call takes 262144\.$/,
    },
    {
      type: "APIG",
      change: { path: "hello" },
      want: /^FSS\.1107 Invalid APIG trigger parameters\. event_data\.path must start with a slash\.$/,
    },
    { type: "APIG", change: { path: "/q?x=1" }, want: /^FSS\.1107 .*path must be a path alone/ },
    { type: "APIG", change: { group_id: undefined }, want: /^FSS\.1107 .*group_id is missing/ },
    { type: "APIG", change: { group_id: "" }, want: /^FSS\.1107 .*group_id must not be empty/ },
    { type: "APIG", change: { type: 3 }, want: /^FSS\.1107 .*event_data\.type/ },
    { type: "APIG", change: { req_method: "TRACE" }, want: /^FSS\.1107 .*req_method/ },
    { type: "APIG", change: { match_mode: "PREFIX" }, want: /^FSS\.1107 .*match_mode/ },
    { type: "APIG", change: { func_info: {} }, want: /^FSS\.1107 .*func_info\.timeout is missing/ },
    {
      type: "APIG",
      change: { func_info: { timeout: 60_001 } },
      want: /^FSS\.1107 .*func_info\.timeout .*60001/,
    },
    {
      type: "APIG",
      change: { func_info: { timeout: 1, version: "v9" } },
      want: /^FSS\.1107 .*func_info\.version must be a version or alias of the function and is "v9"\.$/,
    },
    {
      type: "APIG",
      change: { func_info: { timeout: 1, function_urn: "default:other" } },
      want: /^FSS\.1107 .*func_info\.function_urn must name the function in the path/,
    },
    {
      type: "APIG",
      change: { func_info: { timeout: 1, function_urn: "no urn" } },
      want: /^FSS\.1107 .*func_info\.function_urn/,
    },
    { type: "APIC", change: { auth: undefined }, want: /^FSS\.1107 .*auth is missing/ },
    {
      type: "DEDICATEDGATEWAY",
      change: { instance_id: undefined },
      want: /^FSS\.1417 Invalid APIG Exclusive trigger parameters\. event_data\.instance_id is missing/,
    },
    { type: "DEDICATEDGATEWAY", change: { path: "hello" }, want: /^FSS\.1417 .*path/ },
    {
      type: "OBS",
      change: { bucket: undefined },
      want: /^FSS\.1106 Invalid OBS trigger parameters\. event_data\.bucket is missing/,
    },
    { type: "OBS", change: { events: [] }, want: /^FSS\.1106 .*events must have at least one entry\.$/ },
    {
      type: "OBS",
      change: { events: ["s3:ObjectTouched:*"] },
      want: /^FSS\.1106 .*unknown event "s3:ObjectTouched:\*"/,
    },
    { type: "OBS", change: { events: ["constructor"] }, want: /^FSS\.1106 .*unknown event/ },
    { type: "OBS", change: { events: ["s3:ObjectCreated:Delete"] }, want: /^FSS\.1106 .*unknown event/ },
    {
      type: "OBS",
      change: { events: ["s3:ObjectCreated:*", "s3:ObjectCreated:Put"] },
      want: /^FSS\.1106 .*"s3:ObjectCreated:Put", which overlaps with "s3:ObjectCreated:\*"\.$/,
    },
    {
      type: "OBS",
      change: { prefix: "x".repeat(1025) },
      want: /^FSS\.1106 .*prefix must have at most 1024 characters and has 1025/,
    },
    {
      type: "SMN",
      change: { topic_urn: undefined },
      want: /^FSS\.1102 Invalid SMN trigger parameters\. event_data\.topic_urn is missing/,
    },
    { type: "SMN", change: { topic_urn: "orders" }, want: /^FSS\.1102 .*must be the URN of a topic/ },
    { type: "SMN", change: { topic_urn: `urn:smn:cn-north-4:${ada.projectId}:orders` }, want: /^FSS\.1171 / },
    {
      type: "KAFKA",
      change: { topic_ids: [] },
      want: /^FSS\.1112 The Kafka trigger parameters are invalid\. event_data\.topic_ids must have at least one entry\.$/,
    },
    { type: "KAFKA", change: { topic_ids: ["a", "a"] }, want: /^FSS\.1112 .*names "a" twice\.$/ },
    { type: "KAFKA", change: { topic_ids: "orders" }, want: /^FSS\.1112 .*topic_ids/ },
    { type: "KAFKA", change: { batch_size: 1001 }, want: /^FSS\.1112 .*batch_size .*1001/ },
    {
      type: "KAFKA",
      change: { kafka_password: undefined },
      want: /^FSS\.1113 The username and password must be specified because Kafka SASL_SSL is enabled\.$/,
    },
    { type: "KAFKA", change: { kafka_user: "" }, want: /^FSS\.1113 / },
    {
      type: "OPENSOURCEKAFKA",
      change: { kafka_connect_address: "broker" },
      want: /^FSS\.1112 .*kafka_connect_address must be addresses such as 192\.168\.0\.1:9092/,
    },
    { type: "OPENSOURCEKAFKA", change: { kafka_ssl_enable: true }, want: /^FSS\.1113 / },
    {
      type: "ROCKETMQ",
      change: { secret_key: undefined },
      want: /^FSS\.0400 Invalid parameter\. event_data\.secret_key is missing\.$/,
    },
    { type: "ROCKETMQ", change: { instance_id: undefined }, want: /^FSS\.0400 .*instance_id is missing/ },
    {
      type: "RABBITMQ",
      change: { access_password: undefined },
      want: /^FSS\.0400 .*access_password is missing/,
    },
    {
      type: "DMS",
      change: { polling_interval: 61 },
      want: /^FSS\.0400 .*polling_interval must be an integer from 1 to 60 and is 61\.$/,
    },
    { type: "DIS", change: { sharditerator_type: "OLDEST" }, want: /^FSS\.0400 .*sharditerator_type/ },
    {
      type: "DIS",
      change: { polling_interval: 61 },
      want: /^FSS\.0400 .*polling_interval must be an integer from 1 to 60 and is 61\.$/,
    },
    { type: "DIS", change: { max_fetch_bytes: 4_194_305 }, want: /^FSS\.0400 .*max_fetch_bytes/ },
    { type: "LTS", change: { log_topic_id: undefined }, want: /^FSS\.0400 .*log_topic_id is missing/ },
    {
      type: "CTS",
      change: { name: undefined },
      want: /^FSS\.1312 The notification name must be specified\./,
    },
    {
      type: "CTS",
      change: { operations: undefined },
      want: /^FSS\.1314 The operation resource must be specified\./,
    },
    { type: "CTS", change: { operations: [] }, want: /^FSS\.1314 / },
    {
      type: "CTS",
      change: { operations: ["ECS"] },
      want: /^FSS\.1308 The operation resource does not exist\. event_data\.operations must have entries such as ECS:server:startServer;stopServer and has "ECS"\.$/,
    },
    { type: "CTS", change: { operations: ["ECS:server:"] }, want: /^FSS\.1308 / },
    {
      type: "CTS",
      change: { operations: ["ECS:a:x;y", "ECS:b;a:y"] },
      want: /^FSS\.1316 The resource operation has already been selected\. event_data\.operations names "ECS:a:y" twice\.$/,
    },
    {
      type: "CTS",
      change: { operations: Array.from({ length: 101 }, (_, at) => `ECS:server:op${at}`) },
      want: /^FSS\.1313 .*101 entries and may have 100\.$/,
    },
    { type: "CTS", change: { name: "x".repeat(65) }, want: /^FSS\.1317 / },
    {
      type: "DDS",
      change: { db_name: "local" },
      want: /^FSS\.1172 The database or collection does not exist\. event_data\.db_name is "local", which is reserved\.$/,
    },
    { type: "DDS", change: { batch_size: 10_001 }, want: /^FSS\.0400 .*batch_size/ },
    { type: "GAUSSMONGO", change: { db_name: "config" }, want: /^FSS\.1172 / },
    {
      type: "GAUSSMONGO",
      change: { collection_name: undefined },
      want: /^FSS\.0400 .*collection_name is missing/,
    },
    { type: "EVENTGRID", change: { event_types: [5] }, want: /^FSS\.0400 .*event_types/ },
  ])("$type with $change", async ({ type, change, want }) => {
    const { error } = await calls.create(type, settings(type, change));
    expect(error).toMatch(want);
    expect((await calls.list()).body).toEqual([]);
  });
});

describe("settings of a trigger may be", () => {
  it.each<{ type: Type; change: Record<string, unknown>; why: string }>([
    { type: "TIMER", change: { name: undefined }, why: "a timer without a name" },
    {
      type: "TIMER",
      change: { schedule_type: "Cron", schedule: "CRON_TZ=Europe/Berlin 0 30 8 ? * MON-FRI" },
      why: "a schedule in a time zone",
    },
    {
      type: "TIMER",
      change: { schedule_type: "Cron", schedule: "@every 1h30m" },
      why: "a schedule with @every",
    },
    { type: "TIMER", change: { user_event: "", sync_execution: false }, why: "an empty event" },
    { type: "APIG", change: { env_name: "", env_id: "" }, why: "an environment that is left empty" },
    {
      type: "APIG",
      change: { protocol: "BOTH", auth: "AUTHORIZER" },
      why: "values that the service may add",
    },
    {
      type: "APIG",
      change: {
        func_info: {
          timeout: 60_000,
          invocation_type: "async",
          version: "latest",
          function_urn: `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders`,
        },
      },
      why: "an asynchronous API",
    },
    { type: "OBS", change: { events: ["ObjectCreated", "Delete"] }, why: "bare words for events" },
    { type: "OBS", change: { events: ["s3:objectcreated:put"] }, why: "an event in lower case" },
    {
      type: "KAFKA",
      change: { kafka_ssl_enable: false, kafka_user: undefined, kafka_password: undefined },
      why: "Kafka without encryption",
    },
    {
      type: "ROCKETMQ",
      change: { enable_acl: undefined, access_key: undefined, secret_key: undefined },
      why: "RocketMQ without access control",
    },
    {
      type: "DIS",
      change: { is_serial: "true", polling_unit: "ms", polling_interval: 90_000 },
      why: "a flag as text and an interval in milliseconds",
    },
    {
      type: "EVENTGRID",
      change: Object.fromEntries(Object.keys(triggerSettings.EVENTGRID).map((field) => [field, undefined])),
      why: "nothing at all for EventGrid",
    },
  ])("$why", async ({ type, change }) => {
    const given = settings(type, change);
    const { status, body, error } = await calls.create(type, given);
    expect(error).toBeUndefined();
    expect(status).toBe(201);
    const { kafka_password, access_key, secret_key, ...visible } = given;
    expect(body.event_data).toMatchObject(visible);
  });
});

describe("the type of a trigger", () => {
  it.each(["timer", "Timer", "EXAMPLE SOURCE", "", "1TIMER", "X".repeat(65)])(
    '"%s" is refused',
    async (type) => {
      expect((await calls.create(type, {})).error).toMatch(/^FSS\.1101 Invalid trigger type\./);
    },
  );
});
