import { type Case, type CasesOf, cannot } from "./case.ts";
import { exampleBody, exampleNames } from "./examples.ts";
import { noEventSource, noOutage } from "./reasons.ts";
import {
  after,
  bucketTrigger,
  connected,
  gateway,
  kafka,
  makeInline,
  orders,
  prod,
  timer,
  v1,
} from "./setups.ts";
import {
  type SettingType,
  type Submit,
  settingFaults,
  settings,
  sourceFaults,
} from "./triggers/setting-faults.ts";
import { aliasFaults, ordersUrn } from "./urn-faults.ts";
import type { Send, Setup, World } from "./world.ts";

const every5 = exampleBody("createFunctionTrigger", "timer-rate");
const nowhere = { trigger_type_code: "TIMER", trigger_id: "b2c3d4e5-f607-4819-a2b3-c4d5e6f70819" };
const neededBefore = cannot(
  "What a trigger needs of its function is checked when it is created; no change of it needs more.",
);
const outage = { "FSS.1162": noOutage, "FSS.1302": noOutage } as const;

const place = (type: string, name: string) => (world: World) => ({
  path: { trigger_type_code: type, trigger_id: world.id(name) },
});
const ofTimer = place("TIMER", "timer");
const body = (type: SettingType, changes: Readonly<Record<string, unknown>> = {}) => ({
  trigger_type_code: type,
  event_data: { ...settings[type], ...changes },
});
const have = (type: SettingType, changes: Readonly<Record<string, unknown>> = {}): Setup =>
  after([connected], async (world) =>
    world.remember(
      type,
      (await world.made("createFunctionTrigger", { body: body(type, changes) })).trigger_id,
    ),
  );
const created: Submit = (type, changes) => ({ setup: [connected], send: { body: body(type, changes) } });
const changed: Submit = (type, changes) => ({
  setup: [have(type)],
  send: (world) => ({ ...place(type, type)(world), body: { event_data: { ...settings[type], ...changes } } }),
});

/** A trigger that is not there, by type. */
function missing(
  send: Send = {},
): Readonly<
  Record<"FSS.1131" | "FSS.1132" | "FSS.1136" | "FSS.1137" | "FSS.1138" | "FSS.1140" | "FSS.1174", Case>
> {
  const none = (type: string): Case => ({
    given: `a ${type} trigger that is not there`,
    setup: [orders],
    send: { ...send, path: { trigger_type_code: type, trigger_id: nowhere.trigger_id } },
  });
  return {
    "FSS.1131": none("DIS"),
    "FSS.1132": none("SMN"),
    "FSS.1136": none("OBS"),
    "FSS.1137": { ...none("timer"), given: "a type that is not in capitals" },
    "FSS.1138": none("APIG"),
    "FSS.1140": none("TIMER"),
    "FSS.1174": none("KAFKA"),
  };
}

/** What invokes functions. */
export const triggers: CasesOf<
  | "listFunctionTriggers"
  | "createFunctionTrigger"
  | "batchDeleteFunctionTriggers"
  | "showFunctionTrigger"
  | "updateTrigger"
  | "deleteFunctionTrigger"
> = {
  listFunctionTriggers: {
    successes: [
      { given: "none", setup: [orders], want: [] },
      {
        given: "two",
        setup: [timer, gateway],
        want: [{ trigger_type_code: "TIMER" }, { trigger_type_code: "APIG" }],
      },
      {
        given: "an alias, which has its own",
        setup: [timer, prod],
        send: { path: { function_urn: `${ordersUrn}:!prod` } },
        want: [],
      },
    ],
    refusals: { ...aliasFaults() },
  },
  createFunctionTrigger: {
    successes: [
      ...exampleNames("createFunctionTrigger").map((name) => ({
        given: `the example ${name}`,
        setup: [connected],
        send: { body: exampleBody("createFunctionTrigger", name) },
        want: { trigger_type_code: exampleBody("createFunctionTrigger", name).trigger_type_code },
      })),
      {
        given: "an alias",
        setup: [prod],
        send: { path: { function_urn: `${ordersUrn}:!prod` }, body: every5 },
      },
    ],
    refusals: {
      ...aliasFaults({ body: every5 }),
      ...settingFaults(created),
      ...sourceFaults,
      ...outage,
      "FSS.1101": {
        given: "a type that is not in capitals",
        setup: [orders],
        send: { body: { ...every5, trigger_type_code: "timer" } },
      },
      "FSS.1108": {
        given: "events that another trigger of the bucket has",
        setup: [bucketTrigger],
        send: { body: body("OBS", { name: "more", suffix: "" }) },
      },
      "FSS.1114": { given: "a function without a VPC", setup: [orders], send: { body: body("KAFKA") } },
      "FSS.1121": { given: "a function without an agency", setup: [orders], send: { body: body("DIS") } },
      "FSS.1123": {
        given: "one trigger more than may fetch events",
        setup: [have("DIS"), have("DIS", { stream_name: "second" })],
        send: { body: body("DIS", { stream_name: "third" }) },
      },
      "FSS.1124": noEventSource,
      "FSS.1141": { given: "a topic that has a trigger", setup: [have("SMN")], send: { body: body("SMN") } },
      "FSS.1145": {
        given: "a bucket that has the same trigger",
        setup: [bucketTrigger],
        send: { body: body("OBS") },
      },
      "FSS.1146": {
        given: "a name that a gateway trigger has",
        setup: [gateway],
        send: { body: body("APIG", { path: "/other" }) },
      },
      "FSS.1147": {
        given: "a path that another trigger has",
        setup: [gateway],
        send: { body: body("APIG", { name: "other" }) },
      },
      "FSS.1148": { given: "a name that a timer has", setup: [timer], send: { body: every5 } },
      "FSS.1150": { given: "a topic that has a trigger", setup: [kafka], send: { body: body("KAFKA") } },
      "FSS.1151": noEventSource,
      "FSS.1152": noEventSource,
      "FSS.1153": {
        given: "a timer of an HTTP function",
        setup: [(world) => makeInline(world, "hello-orders", { runtime: "http", handler: "bootstrap" })],
        send: { body: every5 },
      },
      "FSS.1306": {
        given: "one trigger more than a version may have",
        setup: [timer, gateway, bucketTrigger],
        send: { body: body("TIMER", { name: "fourth" }) },
      },
      "FSS.1307": {
        given: "a name that another trigger has",
        setup: [have("CTS")],
        send: { body: body("CTS", { operations: ["ECS:server:start"] }) },
      },
      "FSS.1318": {
        given: "a gateway trigger that is switched off",
        setup: [orders],
        send: { body: { ...body("APIG"), trigger_status: "DISABLED" } },
      },
      "FSS.0400": {
        given: "a status that there is not",
        setup: [orders],
        send: { body: { ...every5, trigger_status: "PAUSED" } },
      },
    },
  },
  batchDeleteFunctionTriggers: {
    successes: [
      {
        given: "the triggers of a version, those of an alias left",
        setup: [
          timer,
          prod,
          (world) =>
            world.made("createFunctionTrigger", {
              path: { function_urn: `${ordersUrn}:!prod` },
              body: every5,
            }),
        ],
        check: async (world) => {
          const left = await world.call("listFunctionTriggers", {
            path: { function_urn: `${ordersUrn}:!prod` },
          });
          if (!Array.isArray(left.body) || left.body.length !== 1)
            throw new Error("The trigger of the alias is gone.");
        },
      },
      { given: "no triggers", setup: [v1] },
    ],
    refusals: {
      ...aliasFaults(),
      ...outage,
      "FSS.1303": sourceFaults["FSS.1303"],
      "FSS.1310": sourceFaults["FSS.1310"],
    },
  },
  showFunctionTrigger: {
    successes: [
      {
        given: "a timer",
        setup: [timer],
        send: ofTimer,
        want: { trigger_type_code: "TIMER", trigger_status: "ACTIVE", event_data: { schedule: "5m" } },
      },
      {
        given: "a gateway trigger",
        setup: [gateway],
        send: place("APIG", "gateway"),
        want: { event_data: { path: "/hello-orders" } },
      },
      {
        given: "one of Kafka, without its password",
        setup: [kafka],
        send: place("KAFKA", "kafka"),
        want: { trigger_status: "DISABLED" },
      },
    ],
    refusals: { ...aliasFaults({ path: nowhere }), ...missing() },
  },
  updateTrigger: {
    successes: [
      {
        given: "the example status",
        setup: [timer],
        send: (world) => ({ ...ofTimer(world), body: exampleBody("updateTrigger", "status") }),
        check: (world) => expectTimer(world, "DISABLED", "5m"),
      },
      {
        given: "the example object",
        setup: [timer],
        send: (world) => ({ ...ofTimer(world), body: exampleBody("updateTrigger", "object") }),
        check: (world) => expectTimer(world, "ACTIVE", "10m"),
      },
      {
        given: "the example array",
        setup: [have("DIS")],
        send: (world) => ({ ...place("DIS", "DIS")(world), body: exampleBody("updateTrigger", "array") }),
      },
    ],
    refusals: {
      ...aliasFaults({ path: nowhere, body: { trigger_status: "DISABLED" } }),
      ...missing({ body: { trigger_status: "ACTIVE" } }),
      ...settingFaults(changed),
      ...sourceFaults,
      ...outage,
      "FSS.1108": {
        given: "events that another trigger of the bucket has",
        setup: [bucketTrigger, have("OBS", { name: "more", suffix: ".txt" })],
        send: (world) => ({
          ...place("OBS", "OBS")(world),
          body: { event_data: { ...settings.OBS, name: "more", suffix: "" } },
        }),
      },
      "FSS.1114": neededBefore,
      "FSS.1121": neededBefore,
      "FSS.1123": {
        given: "one trigger more than may fetch events",
        setup: [have("DIS"), have("DIS", { stream_name: "second" }), kafka],
        send: (world) => ({ ...place("KAFKA", "kafka")(world), body: { trigger_status: "ACTIVE" } }),
      },
      "FSS.1147": {
        given: "a path that another trigger has",
        setup: [gateway, have("APIG", { name: "other", path: "/other" })],
        send: (world) => ({
          ...place("APIG", "APIG")(world),
          body: { event_data: { ...settings.APIG, name: "other" } },
        }),
      },
      "FSS.1153": neededBefore,
      "FSS.1307": {
        given: "a name that another timer has",
        setup: [timer, have("TIMER", { name: "other" })],
        send: (world) => ({ ...place("TIMER", "TIMER")(world), body: { event_data: settings.TIMER } }),
      },
      "FSS.1318": {
        given: "a gateway trigger that is switched off",
        setup: [gateway],
        send: (world) => ({ ...place("APIG", "gateway")(world), body: { trigger_status: "DISABLED" } }),
      },
    },
  },
  deleteFunctionTrigger: {
    successes: [
      { given: "a timer", setup: [timer], send: ofTimer },
      { given: "a gateway trigger", setup: [gateway], send: place("APIG", "gateway") },
    ],
    refusals: {
      ...aliasFaults({ path: nowhere }),
      ...missing(),
      ...outage,
      "FSS.1303": sourceFaults["FSS.1303"],
      "FSS.1310": sourceFaults["FSS.1310"],
    },
  },
};

async function expectTimer(world: World, status: string, schedule: string): Promise<void> {
  const { trigger_status, event_data } = await world.made("showFunctionTrigger", ofTimer(world));
  const found = `${trigger_status} ${JSON.stringify(event_data)}`;
  if (trigger_status !== status || !found.includes(`"schedule":"${schedule}"`))
    throw new Error(`The timer is ${found}.`);
}
