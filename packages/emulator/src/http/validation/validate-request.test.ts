import { errors } from "@functiongraph/types/errors";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../core/service-error.ts";
import { routes } from "../../generated/routes.ts";
import type { Route } from "../routing/route.ts";
import { type RawRequest, validateRequest } from "./validate-request.ts";

const route = (id: string): Route => {
  const found = routes.find((each) => each.id === id);
  if (!found) throw new Error(`No operation ${id}.`);
  return found;
};
const path = {
  project_id: "p",
  function_urn: "hello",
  alias_name: "prod",
  event_id: "e",
  trigger_type_code: "TIMER",
  trigger_id: "t",
  resource_type: "functions",
  resource_id: "r",
  action: "filter",
};
async function refusal(id: string, raw: Partial<RawRequest>, strict = false): Promise<unknown> {
  try {
    return await validateRequest(route(id), { path, query: [], headers: {}, ...raw }, strict);
  } catch (error) {
    return error;
  }
}

const createFunction = {
  func_name: "hello",
  package: "default",
  runtime: "Node.js20.15",
  timeout: 3,
  handler: "index.handler",
  memory_size: 128,
};
const timer = {
  trigger_type_code: "TIMER",
  event_data: { name: "t", schedule_type: "Rate", schedule: "5m" },
};

describe("a request that breaks the description", () => {
  const rows: [operation: string, body: unknown, code: string, sentence: string][] = [
    [
      "createFunction",
      { ...createFunction, memory_size: 20000 },
      "FSS.1007",
      "memory_size must be at most 10240 and is 20000.",
    ],
    [
      "createFunction",
      { ...createFunction, memory_size: 200 },
      "FSS.1007",
      "memory_size must be a multiple of 128 and is 200.",
    ],
    [
      "createFunction",
      { ...createFunction, memory_size: "128" },
      "FSS.1007",
      'memory_size must be a whole number and is "128".',
    ],
    ["createFunction", { ...createFunction, timeout: 2 }, "FSS.1008", "timeout must be at least 3 and is 2."],
    ["createFunction", { ...createFunction, timeout: undefined }, "FSS.1008", "timeout is missing."],
    [
      "createFunction",
      { ...createFunction, handler: "h".repeat(129) },
      "FSS.1003",
      "handler must have at most 128 characters and has 129.",
    ],
    [
      "createFunction",
      { ...createFunction, runtime: null },
      "FSS.1005",
      "runtime must be a text and is null.",
    ],
    [
      "createFunction",
      { ...createFunction, func_name: "1a" },
      "FSS.1002",
      'func_name must match ^[A-Za-z]([A-Za-z0-9_-]{0,58}[A-Za-z0-9])?$ and is "1a".',
    ],
    ["createFunction", { ...createFunction, package: 1 }, "FSS.1004", "package must be a text and is 1."],
    [
      "createFunction",
      { ...createFunction, code_type: [] },
      "FSS.1006",
      "code_type must be a text and is a list.",
    ],
    [
      "createFunction",
      { ...createFunction, user_data: {} },
      "FSS.1009",
      "user_data must be a text and is an object.",
    ],
    [
      "createFunction",
      { ...createFunction, user_data: "x".repeat(4097) },
      "FSS.1018",
      "user_data must have at most 4096 characters and has 4097.",
    ],
    [
      "createFunction",
      { ...createFunction, encrypted_user_data: 12345 },
      "FSS.1009",
      "encrypted_user_data must be a text.",
    ],
    [
      "createFunction",
      { ...createFunction, description: "😀".repeat(513) },
      "FSS.1019",
      "description must have at most 512 characters and has 513.",
    ],
    [
      "createFunction",
      { ...createFunction, depend_version_list: Array(21).fill("x") },
      "FSS.1024",
      "depend_version_list must have at most 20 entries and has 21.",
    ],
    [
      "createFunction",
      { ...createFunction, initializer_timeout: 0 },
      "FSS.1405",
      "initializer_timeout must be at least 1 and is 0.",
    ],
    [
      "createFunction",
      { ...createFunction, custom_image: { uid: 5 } },
      "FSS.1075",
      "custom_image.uid must be a text and is 5.",
    ],
    [
      "createFunction",
      { ...createFunction, func_vpc: { vpc_id: "v" } },
      "FSS.0400",
      "func_vpc.subnet_id is missing.",
    ],
    [
      "createFunction",
      { ...createFunction, timeout: 4294967296 },
      "FSS.1008",
      "timeout must be at most 259200 and is 4294967296.",
    ],
    ["createFunction", [], "FSS.0400", "The body must be an object and is a list."],
    ["createFunction", undefined, "FSS.0400", "The request body is missing"],
    ["updateFunctionCode", { code_type: "zip" }, "FSS.1012", "func_code is missing."],
    [
      "updateFunctionCode",
      { code_type: "zip", func_code: "x" },
      "FSS.1011",
      'func_code must be an object and is "x".',
    ],
    [
      "updateFunctionConfig",
      { ...createFunction, strategy_config: { concurrency: 1001 } },
      "FSS.1026",
      "strategy_config.concurrency must be at most 1000 and is 1001.",
    ],
    [
      "updateFunctionMaxInstanceConfig",
      { max_instance_num: -2 },
      "FSS.1026",
      "max_instance_num must be at least -1 and is -2.",
    ],
    [
      "createDependency",
      { depend_type: "tar", runtime: "http", name: "x" },
      "FSS.1032",
      'depend_type must be one of zip, obs and is "tar".',
    ],
    ["createDependency", { depend_type: "zip", runtime: "http", name: "9" }, "FSS.1024", "name must match"],
    [
      "createEvent",
      { name: "x".repeat(26), content: "" },
      "FSS.1074",
      "name must have at most 25 characters and has 26.",
    ],
    ["updateEvent", {}, "FSS.1074", "content is missing."],
    ["createVersionAlias", { name: "-", version: "v1" }, "FSS.1014", "name must match"],
    ["createVersionAlias", { name: "prod" }, "FSS.1015", "version is missing."],
    [
      "createVersionAlias",
      { name: "prod", version: "v1", additional_version_weights: { v2: 101 } },
      "FSS.1092",
      "additional_version_weights.v2 must be at most 100 and is 101.",
    ],
    [
      "createFunctionVersion",
      { version: "" },
      "FSS.1015",
      "version must have at least 1 character and has 0.",
    ],
    [
      "createTags",
      { tags: Array(21).fill({ key: "a" }) },
      "FSS.0400",
      "tags must have at most 20 entries and has 21.",
    ],
    [
      "showResInstanceInfo",
      { limit: "ten" },
      "FSS.0400",
      'limit must match ^[0-9]+$ or be a whole number and is "ten".',
    ],
    [
      "importFunction",
      { func_name: "f", file_name: "f.zip", file_type: "tar", file_code: "" },
      "FSS.1013",
      'file_type must be zip and is "tar".',
    ],
    ["cancelAsyncInvocation", {}, "FSS.0400", "request_id is missing."],
    ["createFunctionTrigger", {}, "FSS.1101", "trigger_type_code is missing."],
    [
      "createFunctionTrigger",
      { ...timer, event_data: { ...timer.event_data, schedule_type: "Sometimes" } },
      "FSS.1109",
      'event_data.schedule_type must be one of Rate, Cron and is "Sometimes".',
    ],
    [
      "createFunctionTrigger",
      { ...timer, event_data: { ...timer.event_data, name: "n".repeat(65) } },
      "FSS.1317",
      "event_data.name must have at most 64 characters and has 65.",
    ],
    [
      "createFunctionTrigger",
      { trigger_type_code: "SMN", event_data: {} },
      "FSS.1102",
      "event_data.topic_urn is missing.",
    ],
    [
      "createFunctionTrigger",
      { trigger_type_code: "OBS", event_data: { bucket: "b" } },
      "FSS.1106",
      "event_data.events is missing.",
    ],
    [
      "createFunctionTrigger",
      { trigger_type_code: "APIG", event_data: {} },
      "FSS.1107",
      "event_data.type is missing.",
    ],
    [
      "createFunctionTrigger",
      { trigger_type_code: "DEDICATEDGATEWAY", event_data: {} },
      "FSS.1417",
      "event_data.type is missing.",
    ],
    [
      "createFunctionTrigger",
      { trigger_type_code: "KAFKA", event_data: { instance_id: "i", topic_ids: ["t"], batch_size: 0 } },
      "FSS.1112",
      "event_data.batch_size must be at least 1 and is 0.",
    ],
    [
      "createFunctionTrigger",
      {
        trigger_type_code: "KAFKA",
        event_data: { instance_id: "i", topic_ids: ["t"], batch_size: 1, kafka_password: 12345 },
      },
      "FSS.1112",
      "event_data.kafka_password must be a text.",
    ],
    [
      "createFunctionTrigger",
      { trigger_type_code: "CTS", event_data: { operations: [] } },
      "FSS.1312",
      "event_data.name is missing.",
    ],
    [
      "createFunctionTrigger",
      { trigger_type_code: "CTS", event_data: { name: "n" } },
      "FSS.1314",
      "event_data.operations is missing.",
    ],
    ["createFunctionTrigger", { trigger_type_code: "NEWTYPE" }, "FSS.0400", "event_data is missing."],
    [
      "updateTrigger",
      { trigger_status: "PAUSED" },
      "FSS.0400",
      'trigger_status must be one of ACTIVE, DISABLED and is "PAUSED".',
    ],
    [
      "createToken",
      {
        auth: {
          identity: {
            methods: ["password"],
            password: { user: { name: "ada", password: 12345, domain: { name: "d" } } },
          },
        },
      },
      "FSS.0400",
      "auth.identity.password.user.password must be a text.",
    ],
  ];

  it.each(rows)("%s %j is refused with %s: %s", async (id, body, code, sentence) => {
    const error = await refusal(id, {
      body: body === undefined ? undefined : JSON.parse(JSON.stringify(body)),
    });
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(sentence) });
  });

  it("says first what the service says", async () => {
    expect(await refusal("createFunction", { body: { ...createFunction, memory_size: 100 } })).toMatchObject({
      message: "Invalid function memory. memory_size must be at least 128 and is 100.",
    });
  });

  it("has a code that the operation declares", () => {
    for (const [id, , code] of rows) {
      const declared = [
        ...route(id).errors,
        ...Object.keys(errors).filter((each) => errors[each as keyof typeof errors].common),
      ];
      expect(declared, id).toContain(code);
    }
  });

  it.each([
    ["listStatistics", { query: [] }, "FSS.1001", "filter is missing."],
    [
      "listDependencies",
      { query: [["ispublic", "yes"]] },
      "FSS.1001",
      'ispublic must be one of true, false and is "yes".',
    ],
    ["exportFunction", { query: [["code", "1"]] }, "FSS.1001", 'code must be true or false and is "1".'],
    // The table of codes must not answer with what every object inherits.
    [
      "createFunctionTrigger",
      { body: { trigger_type_code: "constructor", event_data: [] } },
      "FSS.0400",
      "event_data must be an object",
    ],
    ["listProjects", { query: [["page", "0"]] }, "FSS.0400", "page must be at least 1 and is 0."],
    ["listProjects", { query: [["page", "x"]] }, "FSS.0400", 'page must be a whole number and is "x".'],
    [
      "listFunctions",
      {
        query: [
          ["marker", "1"],
          ["marker", "2"],
        ],
      },
      "FSS.1001",
      "marker must be sent once and comes several times.",
    ],
    [
      "showFunctionConfig",
      { path: { ...path, function_urn: "x".repeat(270) } },
      "FSS.1309",
      "function_urn must have at most 269 characters and has 270.",
    ],
    [
      "updateFuncSnapshot",
      { path: { ...path, action: "state" } },
      "FSS.0400",
      'action must be one of enable, disable and is "state".',
    ],
    [
      "invokeFunction",
      { headers: { "x-cff-request-version": "v2" }, body: {} },
      "FSS.0400",
      'X-CFF-Request-Version must be one of v0, v1 and is "v2".',
    ],
  ] satisfies [string, Partial<RawRequest>, string, string][])(
    "%s %j is refused with %s: %s",
    async (id, raw, code, sentence) => {
      expect(await refusal(id, raw)).toMatchObject({ code, message: expect.stringContaining(sentence) });
    },
  );
});

describe("a valid request", () => {
  it("loses unknown properties, at every depth", async () => {
    const body = { ...createFunction, colour: "red", func_code: { file: "", size: 1 }, __proto__x: 1 };
    expect(await refusal("createFunction", { body })).toMatchObject({
      body: { ...createFunction, func_code: { file: "" } },
    });
  });

  it("loses them within the branch that its trigger type chooses", async () => {
    const body = { ...timer, event_data: { ...timer.event_data, bucket: "b" } };
    expect(await refusal("createFunctionTrigger", { body })).toMatchObject({ body: timer });
    const other = { trigger_type_code: "NEWTYPE", event_data: { anything: { goes: true } } };
    expect(await refusal("createFunctionTrigger", { body: other })).toMatchObject({ body: other });
  });

  it("loses what only the service sets", async () => {
    const body = {
      trigger_type_code: "SMN",
      event_data: { topic_urn: "t", subscription_status: "Confirmed" },
    };
    expect(await refusal("createFunctionTrigger", { body })).toMatchObject({
      body: { trigger_type_code: "SMN", event_data: { topic_urn: "t" } },
    });
  });

  it("keeps maps and free objects whole", async () => {
    const event = JSON.parse('{"a":{"b":[1]},"__proto__":{"c":1}}');
    expect(await refusal("invokeFunction", { body: event })).toHaveProperty("body", event);
    const body = { ...createFunction, lts_custom_tag: { any: "tag" } };
    expect(await refusal("createFunction", { body })).toMatchObject({ body });
  });

  it("is refused with unknown properties when that is asked for", async () => {
    const body = { ...createFunction, func_code: { size: 1 } };
    expect(await refusal("createFunction", { body }, true)).toMatchObject({
      code: "FSS.0400",
      message: expect.stringContaining("func_code.size is not documented"),
    });
    expect(await refusal("listFunctions", { query: [["colour", "red"]] }, true)).toMatchObject({
      code: "FSS.1001",
      message: expect.stringContaining("colour is not documented"),
    });
    expect(
      await refusal("listFunctions", {
        query: [
          ["colour", "red"],
          ["marker", "0"],
        ],
      }),
    ).toMatchObject({ query: { marker: "0" } });
  });

  it("has numbers, booleans and headers read", async () => {
    expect(
      await refusal("listProjects", {
        query: [
          ["page", "2"],
          ["per_page", "10"],
          ["enabled", "true"],
        ],
      }),
    ).toMatchObject({ query: { page: 2, per_page: 10, enabled: true } });
    expect(
      await refusal("invokeFunction", { headers: { "x-cff-log-type": "tail", other: "x" }, body: {} }),
    ).toMatchObject({ headers: { "X-Cff-Log-Type": "tail" } });
  });

  it("may name a runtime, code type and trigger type that is not known yet", async () => {
    const body = { ...createFunction, runtime: "Node.js30", code_type: "floppy" };
    expect(await refusal("createFunction", { body })).toMatchObject({ body });
  });
});
