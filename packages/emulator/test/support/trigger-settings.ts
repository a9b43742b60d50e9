import type { KnownTriggerType } from "../../src/core/triggers/trigger-rules.ts";

type Settings = Readonly<Record<string, unknown>>;

/** Settings with which a trigger of each documented type can be created, secrets among them. */
export const triggerSettings: Readonly<Record<KnownTriggerType, Settings>> = {
  TIMER: { name: "every-five-minutes", schedule_type: "Rate", schedule: "5m", user_event: '{"name":"Ada"}' },
  APIG: gateway(),
  DEDICATEDGATEWAY: { ...gateway(), instance_id: "0718293a-4b5c-4d6e-8f70-8192a3b4c5d6" },
  APIC: gateway(),
  OBS: {
    name: "new-orders",
    bucket: "example-orders",
    events: ["s3:ObjectCreated:*"],
    prefix: "incoming/",
    suffix: ".json",
  },
  SMN: { topic_urn: "urn:smn:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:orders" },
  KAFKA: {
    instance_id: "a7b8c9d0-e1f2-4031-8425-364758697a8b",
    topic_ids: ["orders"],
    batch_size: 100,
    kafka_ssl_enable: true,
    kafka_user: "ada",
    kafka_password: "example-password",
  },
  OPENSOURCEKAFKA: {
    kafka_connect_address: "192.168.10.5:9092,192.168.10.6:9092",
    topic_ids: ["orders"],
    batch_size: 10,
  },
  ROCKETMQ: {
    instance_id: "b8c9d0e1-f203-4142-9536-475869708192",
    topic: "orders",
    batch_size: 10,
    enable_acl: true,
    access_key: "example-access-key",
    secret_key: "example-secret-key",
  },
  RABBITMQ: {
    instance_id: "c9d0e1f2-0314-4253-a647-58697081a2b3",
    exchange_name: "orders",
    access_user: "ada",
    access_password: "example-password",
    batch_size: 10,
  },
  DMS: { queue_id: "d0e1f203-1425-4364-b758-69708192a3b4", consumer_group_id: "group", polling_interval: 30 },
  DIS: {
    stream_name: "orders-stream",
    sharditerator_type: "TRIM_HORIZON",
    polling_interval: 30,
    polling_unit: "s",
    max_fetch_bytes: 1048576,
    is_serial: true,
  },
  LTS: {
    log_group_id: "e5f60718-293a-4b4c-9d6e-7f8091a2b3c4",
    log_topic_id: "f6071829-3a4b-4c5d-8e7f-8091a2b3c4d5",
    log_group_name: "functiongraph-logs",
  },
  CTS: { name: "restarts", operations: ["ECS:ecs;server:restartServer;deleteServer"] },
  DDS: {
    instance_id: "instance",
    db_name: "orders",
    collection_name: "open",
    db_password: "example-password",
    batch_size: 50,
  },
  GAUSSMONGO: {
    instance_id: "instance",
    db_name: "orders",
    collection_name: "open",
    db_password: "example-password",
    batch_size: 50,
  },
  EVENTGRID: {
    trigger_name: "orders",
    channel_id: "channel",
    channel_name: "default",
    source_name: "HC.OBS.DWR",
    event_types: ["OBS:DWR:ObjectCreated:PUT"],
    bucket: "example-orders",
    agency: "orders-agency",
    Key_encode: true,
  },
  IOTDA: { resource: "device", event: "create", nested: { any: ["thing"] } },
};

function gateway(): Settings {
  return {
    name: "hello-orders-api",
    type: 1,
    path: "/hello-orders",
    protocol: "HTTPS",
    req_method: "ANY",
    group_id: "d4e5f60718293a4b5c6d7e8f901a2b3c",
    match_mode: "SWA",
    env_name: "RELEASE",
    env_id: "DEFAULT_ENVIRONMENT_RELEASE_ID",
    auth: "IAM",
  };
}

/** The configuration that the sources of all types of triggers need. */
export const triggerableConfig: {
  readonly xrole: string;
  readonly func_vpc: { readonly vpc_id: string; readonly subnet_id: string };
} = {
  xrole: "orders-agency",
  func_vpc: {
    vpc_id: "3c4d5e6f-7a8b-4c9d-8e0f-1a2b3c4d5e6f",
    subnet_id: "4d5e6f7a-8b9c-4d0e-9f1a-2b3c4d5e6f7a",
  },
};
