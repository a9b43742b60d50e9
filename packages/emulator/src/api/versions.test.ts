import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { example } from "../../test/support/example.ts";
import { ada, type LocalApp, localApp } from "../../test/support/local-app.ts";
import { type Performed, perform } from "../../test/support/perform.ts";
import { defaultLimits } from "../core/limits.ts";
import { type TriggerRecord, triggerKey, triggers } from "../core/triggers/records.ts";
import {
  createFunction,
  deleteFunction,
  showFunctionConfig,
  updateFunctionConfig,
  updateFunctionMaxInstanceConfig,
} from "./functions.ts";
import {
  createFunctionVersion,
  createVersionAlias,
  deleteVersionAlias,
  listFunctionVersions,
  listVersionAliases,
  showVersionAlias,
  updateVersionAlias,
} from "./versions.ts";

const urn = "urn:fss:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:function:default:hello-orders";
const zip = example("createFunction.request.zip");

let app: LocalApp;
const publish = (body: object, function_urn = "hello-orders"): Promise<Performed<"createFunctionVersion">> =>
  perform(app, ada, "createFunctionVersion", createFunctionVersion, { path: { function_urn }, body });
const list = (
  query: Record<string, string> = {},
  function_urn = "hello-orders",
): Promise<Performed<"listFunctionVersions">> =>
  perform(app, ada, "listFunctionVersions", listFunctionVersions, { path: { function_urn }, query });
const alias = (body: object, function_urn = "hello-orders"): Promise<Performed<"createVersionAlias">> =>
  perform(app, ada, "createVersionAlias", createVersionAlias, { path: { function_urn }, body });
const realias = (body: object, alias_name = "prod"): Promise<Performed<"updateVersionAlias">> =>
  perform(app, ada, "updateVersionAlias", updateVersionAlias, {
    path: { function_urn: "hello-orders", alias_name },
    body,
  });
const show = (alias_name = "prod", function_urn = "hello-orders"): Promise<Performed<"showVersionAlias">> =>
  perform(app, ada, "showVersionAlias", showVersionAlias, { path: { function_urn, alias_name } });
const unalias = (
  alias_name = "prod",
  function_urn = "hello-orders",
): Promise<Performed<"deleteVersionAlias">> =>
  perform(app, ada, "deleteVersionAlias", deleteVersionAlias, { path: { function_urn, alias_name } });
const aliasList = (function_urn = "hello-orders"): Promise<Performed<"listVersionAliases">> =>
  perform(app, ada, "listVersionAliases", listVersionAliases, { path: { function_urn } });
const change = (settings: object): Promise<Performed<"updateFunctionConfig">> => {
  const { func_name, runtime, handler, timeout, memory_size } = zip;
  const body = { func_name, runtime, handler, timeout, memory_size, ...settings };
  return perform(app, ada, "updateFunctionConfig", updateFunctionConfig, {
    path: { function_urn: "hello-orders" },
    body,
  });
};
const remove = (function_urn: string): Promise<Performed<"deleteFunction">> =>
  perform(app, ada, "deleteFunction", deleteFunction, { path: { function_urn } });

const start = async (limits = {}): Promise<void> => {
  app = localApp({ limits: { ...defaultLimits, ...limits } });
  await perform(app, ada, "createFunction", createFunction, { body: zip });
};

/** Publishes changes of the timeout as v1, v2 and so on. */
const publishSome = async (number: number): Promise<void> => {
  for (let i = 1; i <= number; i++) {
    await change({ timeout: 30 + i });
    await publish({ version: `v${i}` });
  }
};

beforeEach(() => start());

describe("createFunctionVersion", () => {
  it("freezes code and configuration under a name", async () => {
    await change(example("updateFunctionConfig.request.environment"));
    const { image_name: _image, last_modified: _at, ...want } = example("createFunctionVersion.200.named");
    expect((await publish(example("createFunctionVersion.request.named"))).body).toMatchObject(want);
    await change({ timeout: 99 });
    const { body } = await perform(app, ada, "showFunctionConfig", showFunctionConfig, {
      path: { function_urn: `${urn}:v1` },
    });
    expect(body).toMatchObject({ version: "v1", timeout: 60, version_description: "First release" });
  });

  it("names a version after the time, and one of the same second with a number", async () => {
    expect((await publish({})).body.version).toBe("v20260302-100000");
    await change({ timeout: 31 });
    expect((await publish({})).body.func_urn).toBe(`${urn}:v20260302-100000-2`);
  });

  it("leaves file systems behind", async () => {
    await change({
      xrole: "orders-agency",
      mount_config: {
        mount_user: { user_id: -1, user_group_id: -1 },
        func_mounts: [{ mount_type: "sfs", mount_resource: "r", local_mount_path: "/mnt/r" }],
      },
    });
    expect((await publish({ version: "v1" })).body.mount_config).toBeNull();
  });

  it("refuses when nothing has changed, when a change was taken back, and not when the number of instances is another", async () => {
    await publish({ version: "v1" });
    expect((await publish({ version: "v2" })).error).toMatch(/^FSS.1016 /);
    await change({ timeout: 31 });
    await change({ timeout: 30 });
    expect((await publish({ version: "v2" })).error).toMatch(/^FSS.1016 /);
    await perform(app, ada, "updateFunctionMaxInstanceConfig", updateFunctionMaxInstanceConfig, {
      path: { function_urn: "hello-orders" },
      body: { max_instance_num: 5 },
    });
    expect((await publish({ version: "v2" })).error).toMatch(/^FSS.1016 /);
    await change({ description: "Changed" });
    expect((await publish({ version: "v2" })).status).toBe(200);
  });

  it("takes the digest of the code as SHA-512 or MD5, and refuses another one", async () => {
    const { func_code } = zip as { func_code: { file: string } };
    const bytes = Buffer.from(func_code.file, "base64");
    expect((await publish({ digest: "0".repeat(128) })).error).toMatch(/^FSS.0400 /);
    expect((await publish({ digest: "0".repeat(32) })).error).toMatch(/^FSS.0400 /);
    expect((await publish({ digest: createHash("md5").update(bytes).digest("hex") })).status).toBe(200);
    await change({ timeout: 31 });
    expect((await publish({ digest: createHash("sha512").update(bytes).digest("hex") })).status).toBe(200);
  });

  it.each([
    ["a name that starts with a period", { version: ".v1" }, "FSS.1015"],
    ["a name of 43 characters", { version: "v".repeat(43) }, "FSS.1015"],
    ["the name latest", { version: "latest" }, "FSS.1062"],
    ["a long description", { description: "x".repeat(513) }, "FSS.1019"],
  ])("refuses %s", async (_what, body, want) => {
    expect((await publish(body)).error).toMatch(new RegExp(`^(${want}) `));
  });

  it("refuses a taken name, a published version, and what is not there", async () => {
    await publish({ version: "v1" });
    await change({ timeout: 31 });
    expect((await publish({ version: "v1" })).error).toMatch(/^FSS.1062 /);
    expect((await publish({ version: "v2" }, `${urn}:v1`)).error).toMatch(/^FSS.1015 /);
    expect((await publish({}, "gone")).error).toMatch(/^FSS.1051 /);
    expect((await publish({}, "a:b:c:d:e")).error).toMatch(/^FSS.1309 /);
  });

  it("keeps to 20 versions with latest, and to the quota of code", async () => {
    await publishSome(19);
    await change({ timeout: 100 });
    expect((await publish({})).error).toMatch(/^FSS.0403 .*\(20\)/);
    await remove(`${urn}:v7`);
    expect((await publish({})).status).toBe(200);
    app = { ...app, limits: { ...defaultLimits, codeSizeMb: 0 } };
    await change({ timeout: 101 });
    await remove(`${urn}:v8`);
    expect((await publish({})).error).toMatch(/^FSS.1042 /);
  });
});

describe("listFunctionVersions", () => {
  it("lists latest first and then the newest, page by page if asked", async () => {
    await publishSome(10);
    const all = await list();
    expect(all.body.versions?.map(({ version }) => version)).toEqual([
      "latest",
      "v10",
      "v9",
      "v8",
      "v7",
      "v6",
      "v5",
      "v4",
      "v3",
      "v2",
      "v1",
    ]);
    expect(all.body).toMatchObject({ next_marker: 11, count: 11 });
    const page = await list({ marker: "1", maxitems: "2" }, `${urn}:v3`);
    expect(page.body).toMatchObject({
      versions: [{ version: "v10" }, { version: "v9", func_urn: `${urn}:v9` }],
      next_marker: 3,
      count: 11,
    });
  });

  it.each([
    [{ marker: "x" }, "hello-orders", "FSS.1001"],
    [{ maxitems: "-1" }, "hello-orders", "FSS.1001"],
    [{}, "gone", "FSS.1051"],
    [{}, "a:b:c:d:e", "FSS.1309"],
  ])("refuses %o of %s", async (query, name, want) => {
    expect((await list(query, name)).error).toMatch(new RegExp(`^(${want}) `));
  });
});

describe("aliases", () => {
  beforeEach(() => publishSome(3));

  it.each(["plain", "weights", "rules"])("are created as the example with %s", async (variant) => {
    const { last_modified: _at, ...want } = example(`createVersionAlias.200.${variant}`);
    const { body } = await alias(example(`createVersionAlias.request.${variant}`));
    expect(body).toMatchObject(want);
    expect((await show()).body).toEqual(body);
    expect((await aliasList(`${urn}:v2`)).body).toEqual([body]);
  });

  it.each([
    ["a name that ends with a hyphen", { name: "prod-" }, "FSS.1014"],
    ["a version that is no name", { version: ".v1" }, "FSS.1015"],
    ["a missing version", { version: "v9" }, "FSS.1052"],
    ["a long description", { description: "x".repeat(513) }, "FSS.1019"],
    ["a missing additional version", { additional_version_weights: { v9: 10 } }, "FSS.1091"],
    ["latest as the additional version", { additional_version_weights: { latest: 10 } }, "FSS.1091"],
    ["two additional versions", { additional_version_weights: { v2: 10, v3: 10 } }, "FSS.1092"],
    ["rules for two versions", { additional_version_strategy: { v2: {}, v3: {} } }, "FSS.0400|FSS.1091"],
    ["a weight of 101", { additional_version_weights: { v2: 101 } }, "FSS.1092"],
    ["half a percent", { additional_version_weights: { v2: 0.5 } }, "FSS.1092"],
    ["a version twice", { additional_version_weights: { v1: 10 } }, "FSS.1093"],
    ["rules for the main version", { additional_version_strategy: { v1: { rules: [] } } }, "FSS.1093"],
    [
      "both kinds of split",
      { additional_version_weights: { v2: 1 }, additional_version_strategy: { v2: {} } },
      "FSS.0400",
    ],
    [
      "a rule without header",
      { additional_version_strategy: { v2: { rules: [{ rule_type: "Header", op: "=", value: "a" }] } } },
      "FSS.0400",
    ],
    [
      "a rule without value",
      {
        additional_version_strategy: {
          v2: { rules: [{ rule_type: "Header", param: "a", op: "=", value: "" }] },
        },
      },
      "FSS.0400",
    ],
  ])("refuse %s", async (_what, body, want) => {
    expect((await alias({ name: "prod", version: "v1", ...body })).error).toMatch(new RegExp(`^(${want}) `));
    await alias({ name: "prod", version: "v1" });
    if (!("name" in body))
      expect((await realias({ version: "v1", ...body })).error).toMatch(new RegExp(`^(${want}) `));
  });

  it("refuse a taken name, a taken version, and an eleventh", async () => {
    await start({ aliasesPerFunction: 2 });
    await publishSome(3);
    await alias({ name: "prod", version: "v1" });
    expect((await alias({ name: "prod", version: "v2" })).error).toMatch(/^FSS.1063 /);
    expect((await alias({ name: "test", version: "v1" })).error).toMatch(/^FSS.1066 /);
    await alias({ name: "edge", version: "latest" });
    expect((await realias({ version: "latest" })).error).toMatch(/^FSS.1066 /);
    expect((await alias({ name: "third", version: "v2" })).error).toMatch(/^FSS.1043 /);
    expect(defaultLimits.aliasesPerFunction).toBe(10);
  });

  it("are updated, keeping what is left out", async () => {
    await alias(example("createVersionAlias.request.weights"));
    app.setTime("2026-03-02T11:30:00Z");
    expect((await realias({ version: "v1" })).body).toMatchObject({
      description: "Live traffic",
      additional_version_weights: { v2: 10 },
      last_modified: "2026-03-02T11:30:00+00:00",
    });
    expect((await realias({ version: "v2" })).error).toMatch(/^FSS.1093 /);
    expect((await realias(example("updateVersionAlias.request.rules"))).body).toMatchObject({
      additional_version_weights: null,
      additional_version_strategy: { v2: { combine_type: "or" } },
    });
    expect((await realias({ version: "v3", additional_version_weights: {} })).body).toMatchObject({
      version: "v3",
      additional_version_weights: null,
      additional_version_strategy: null,
    });
  });

  it("protect their additional version and go with their main one", async () => {
    await alias(example("createVersionAlias.request.weights"));
    expect((await remove(`${urn}:v2`)).error).toMatch(/^FSS.1094 /);
    await realias(example("updateVersionAlias.request.rules"));
    expect((await remove(`${urn}:v2`)).error).toMatch(/^FSS.1094 /);
    expect((await remove(`${urn}:v1`)).status).toBe(204);
    expect((await aliasList()).body).toEqual([]);
    expect((await remove(`${urn}:v2`)).status).toBe(204);
  });

  it("are deleted, unless they have triggers", async () => {
    await alias({ name: "prod", version: "v1" });
    const trigger: TriggerRecord = {
      id: "b2c3d4e5-f607-4819-a2b3-c4d5e6f70819",
      type: "TIMER",
      status: "ACTIVE",
      data: {},
      package: "default",
      name: "hello-orders",
      qualifier: "!prod",
      sequence: 1,
      createdAt: "2026-03-02T10:00:00+00:00",
      updatedAt: "2026-03-02T10:00:00+00:00",
      activeSince: 0,
    };
    app.store.write((tx) => tx.put(triggers, ada.projectId, triggerKey(trigger), trigger));
    expect((await unalias()).error).toMatch(/^FSS.1154 /);
    app.store.write((tx) => tx.delete(triggers, ada.projectId, triggerKey(trigger)));
    expect((await unalias()).status).toBe(204);
    expect((await show()).error).toMatch(/^FSS.1053 /);
  });

  it("are not found where there are none", async () => {
    for (const answer of [await show("dev"), await unalias("dev"), await realias({ version: "v1" }, "dev")])
      expect(answer.error).toMatch(/^FSS.1053 /);
    for (const answer of [
      await show("prod", "gone"),
      await unalias("prod", "gone"),
      await aliasList("gone"),
      await alias({ name: "a", version: "v1" }, "gone"),
    ]) {
      expect(answer.error).toMatch(/^FSS.1051 /);
    }
    expect((await aliasList(`${urn}:v9`)).error).toMatch(/^FSS.1052 /);
    expect((await aliasList("a:b:c:d:e")).error).toMatch(/^FSS.1309 /);
  });
});
