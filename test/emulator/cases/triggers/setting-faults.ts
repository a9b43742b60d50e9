import type { Case, Refusals } from "../case.ts";
import { exampleBody } from "../examples.ts";
import { noEventSource, noPermissions } from "../reasons.ts";
import type { Send, Setup, World } from "../world.ts";

type SettingFault =
  | "FSS.1102"
  | "FSS.1106"
  | "FSS.1107"
  | "FSS.1109"
  | "FSS.1112"
  | "FSS.1113"
  | "FSS.1171"
  | "FSS.1172"
  | "FSS.1308"
  | "FSS.1312"
  | "FSS.1313"
  | "FSS.1314"
  | "FSS.1316"
  | "FSS.1317"
  | "FSS.1417";

/** Settings with which a trigger can be created, by type. */
export const settings = {
  TIMER: data("timer-rate"),
  APIG: data("apig"),
  DEDICATEDGATEWAY: data("dedicated-gateway"),
  OBS: data("obs"),
  SMN: data("smn"),
  KAFKA: data("kafka"),
  DIS: data("dis"),
  LTS: data("lts"),
  CTS: { name: "restarts", operations: ["ECS:ecs;server:restartServer;deleteServer"] },
  DDS: {
    instance_id: "instance",
    db_name: "orders",
    collection_name: "open",
    db_password: "example-password",
    batch_size: 50,
  },
} as const;

export type SettingType = keyof typeof settings;

/** How a trigger of a type is created or changed with other settings. */
export type Submit = (
  type: SettingType,
  changes: Readonly<Record<string, unknown>>,
) => { readonly setup: readonly Setup[]; readonly send: Send | ((world: World) => Send) };

/** What createFunctionTrigger and updateTrigger refuse of settings. */
export function settingFaults(submit: Submit): Refusals<SettingFault> {
  const refused = (given: string, type: SettingType, changes: Readonly<Record<string, unknown>>): Case => ({
    given,
    ...submit(type, changes),
  });
  return {
    "FSS.1102": refused("a topic_urn that is none", "SMN", { topic_urn: "orders" }),
    "FSS.1106": [
      refused("an unknown event", "OBS", { events: ["s3:ObjectSeen:*"] }),
      refused("an event that is contained in another one", "OBS", {
        events: ["s3:ObjectCreated:*", "s3:ObjectCreated:Put"],
      }),
    ],
    "FSS.1107": refused("a path without a slash", "APIG", { path: "hello-orders" }),
    "FSS.1109": [
      refused("a rate of 61 minutes", "TIMER", { schedule: "61m" }),
      refused("a cron expression that cannot be read", "TIMER", {
        schedule_type: "Cron",
        schedule: "0 61 * * * ?",
      }),
      refused("an unknown schedule_type", "TIMER", { schedule_type: "Once" }),
    ],
    "FSS.1112": [
      refused("a batch_size of 1001", "KAFKA", { batch_size: 1001 }),
      refused("no topics", "KAFKA", { topic_ids: [] }),
    ],
    "FSS.1113": refused("encryption without a user", "KAFKA", {
      kafka_ssl_enable: true,
      kafka_user: "",
      kafka_password: "",
    }),
    "FSS.1171": refused("a topic of another region", "SMN", {
      topic_urn: "urn:smn:eu-nl:0a1b2c3d4e5f60718293a4b5c6d7e8f9:orders",
    }),
    "FSS.1172": refused("a database that is reserved", "DDS", { db_name: "admin" }),
    "FSS.1308": refused("an operation that cannot be read", "CTS", { operations: ["restartServer"] }),
    "FSS.1312": refused("an empty name", "CTS", { name: "" }),
    "FSS.1313": refused("101 operations", "CTS", {
      operations: Array.from({ length: 101 }, (_, i) => `ECS:server:operation${i}`),
    }),
    "FSS.1314": refused("no operations", "CTS", { operations: [] }),
    "FSS.1316": refused("an operation twice", "CTS", {
      operations: ["ECS:server:start", "ECS:server:start"],
    }),
    "FSS.1317": refused("a name of 65 characters", "TIMER", { name: "x".repeat(65) }),
    "FSS.1417": refused("an empty instance_id", "DEDICATEDGATEWAY", { instance_id: "" }),
  };
}

/** What only the services behind triggers can say. */
export const sourceFaults = {
  "FSS.1111": noEventSource,
  "FSS.1115": noEventSource,
  "FSS.1116": noEventSource,
  "FSS.1117": noEventSource,
  "FSS.1118": noPermissions,
  "FSS.1122": noPermissions,
  "FSS.1125": noPermissions,
  "FSS.1169": noEventSource,
  "FSS.1303": noPermissions,
  "FSS.1310": noPermissions,
  "FSS.1319": noEventSource,
} as const;

function data(name: string): Readonly<Record<string, unknown>> {
  return exampleBody("createFunctionTrigger", name).event_data as Readonly<Record<string, unknown>>; // every example has them
}
