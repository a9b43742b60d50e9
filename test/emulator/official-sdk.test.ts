import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@functiongraph/emulator";
import type { OperationId } from "@functiongraph/types";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { exampleBody } from "./cases/examples.ts";
import { base64 } from "./cases/packages.ts";

/** The SDK's methods by their names; requests may have the names of the wire. */
type Sdk = Readonly<Record<string, (request?: object) => Promise<Answer>>>;
// biome-ignore lint/suspicious/noExplicitAny: the SDK's own types hide the fields of most answers.
type Answer = any;

const home = mkdtempSync(join(tmpdir(), "functiongraph-sdk-home-"));
const function_urn = "urn:fss:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:function:default:hello-orders";
const ofProd = { function_urn: `${function_urn}:!prod` };
let emulator: Emulator;
let sdk: Sdk;

beforeAll(async () => {
  emulator = await createEmulator({ validateResponses: true, authentication: "strict", logLevel: "silent" });
  sdk = await officialClient(emulator.credentials.secretKey);
});

afterAll(async () => {
  const { violations } = emulator;
  await emulator.close();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
  expect(violations).toEqual([]);
});

/** The official client, which writes a file into the home folder, so that it is given one of its own, and prints what fails. */
async function officialClient(secretKey: string): Promise<Sdk> {
  vi.stubEnv("HOME", home).stubEnv("USERPROFILE", home);
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  for (const level of ["log", "info", "error", "warn", "debug"] as const)
    vi.spyOn(console, level).mockReturnValue();
  const { BasicCredentials } = await import("@huaweicloud/huaweicloud-sdk-core");
  const { FunctionGraphClient } = await import("@huaweicloud/huaweicloud-sdk-functiongraph/v2/public-api.js");
  const { accessKey } = emulator.credentials;
  const credential = new BasicCredentials()
    .withAk(accessKey)
    .withSk(secretKey)
    .withProjectId(emulator.projectId);
  const builder = FunctionGraphClient.newBuilder().withCredential(credential).withEndpoint(emulator.url);
  // Its methods are called here by their names.
  return builder.build() as unknown as Sdk;
}

/** Calls an operation, and gives its answer without the status that the SDK adds. */
async function call(id: OperationId, request: object = {}): Promise<Answer> {
  const method = sdk[id];
  if (!method) throw new Error(`The SDK has no ${id}.`);
  const answer = await method.call(sdk, request);
  expect(answer.httpStatusCode).toBeLessThan(300);
  return answer;
}

/** The code with which a call is refused. */
async function refusal(id: OperationId, request: object = {}): Promise<string> {
  return call(id, request).then(
    () => "none",
    (error: { errorCode?: string }) => String(error.errorCode),
  );
}

describe("the official SDK", () => {
  it("creates a function", async () => {
    const body = exampleBody("createFunction", "zip");
    expect(await call("createFunction", { body })).toMatchObject({
      func_urn: `${function_urn}:latest`,
      cpu: 400,
      code_size: 256,
    });
    expect(await refusal("createFunction", { body })).toBe("FSS.1061");
    expect((await call("listFunctions", { maxitems: "10" })).functions).toHaveLength(1);
  });

  it("publishes it, updates code and configuration, and publishes again", async () => {
    expect(
      (
        await call("createFunctionVersion", {
          function_urn,
          body: exampleBody("createFunctionVersion", "named"),
        })
      ).version,
    ).toBe("v1");
    expect(await refusal("createFunctionVersion", { function_urn, body: { version: "v2" } })).toBe(
      "FSS.1016",
    );
    const code = await call("updateFunctionCode", {
      function_urn,
      body: exampleBody("updateFunctionCode", "zip"),
    });
    expect(code.code_size).toBe(261);
    const config = await call("updateFunctionConfig", {
      function_urn,
      body: exampleBody("updateFunctionConfig", "network"),
    });
    expect(config).toMatchObject({ timeout: 60, user_data: '{"GREETING":"Hello"}', xrole: "orders-agency" });
    expect((await call("createFunctionVersion", { function_urn, body: { version: "v2" } })).version).toBe(
      "v2",
    );
    expect((await call("showFunctionCode", { function_urn })).digest).toBe(code.digest);
    expect((await call("showFunctionConfig", { function_urn: `${function_urn}:v1` })).timeout).toBe(30);
    expect((await call("listFunctionVersions", { function_urn })).versions).toHaveLength(3);
    const limited = await call("updateFunctionMaxInstanceConfig", {
      function_urn,
      body: { max_instance_num: 100 },
    });
    expect(limited.strategy_config.concurrency).toBe(100);
  });

  it("points an alias at a version, with a share for another one", async () => {
    expect(
      await call("createVersionAlias", { function_urn, body: exampleBody("createVersionAlias", "weights") }),
    ).toMatchObject({
      alias_urn: ofProd.function_urn,
      additional_version_weights: { v2: 10 },
    });
    const changed = await call("updateVersionAlias", {
      function_urn,
      alias_name: "prod",
      body: exampleBody("updateVersionAlias", "weights"),
    });
    expect(changed.additional_version_weights).toEqual({ v2: 50 });
    expect((await call("showVersionAlias", { function_urn, alias_name: "prod" })).version).toBe("v1");
    expect(await refusal("deleteFunction", { function_urn: `${function_urn}:v2` })).toBe("FSS.1094");
  });

  it("uploads a dependency and uses it", async () => {
    const uploaded = await call("createDependencyVersion", {
      body: exampleBody("createDependencyVersion", "zip"),
    });
    expect(uploaded).toMatchObject({ version: 1, size: 401 });
    const place = { depend_id: uploaded.dep_id, version: "1" };
    const body = { ...exampleBody("updateFunctionCode", "dependency"), depend_version_list: [uploaded.id] };
    expect((await call("updateFunctionCode", { function_urn, body })).dependencies).toMatchObject([
      { name: "greeting" },
    ]);
    expect((await call("showDependencyVersion", place)).file_name).toBe("greeting.zip");
    expect((await call("listDependencies")).dependencies).toHaveLength(1);
    expect((await call("listDependencyVersion", { depend_id: uploaded.dep_id })).count).toBe(1);
    expect(await refusal("deleteDependencyVersion", place)).toBe("FSS.1033");
  });

  it("keeps a test event", async () => {
    const { id: event_id } = await call("createEvent", {
      function_urn,
      body: exampleBody("createEvent", "event"),
    });
    const body = exampleBody("updateEvent", "event");
    await call("updateEvent", { function_urn, event_id, body });
    expect((await call("showEvent", { function_urn, event_id })).content).toBe(body.content);
    await call("deleteEvent", { function_urn, event_id });
    expect((await call("listEvents", { function_urn })).count).toBe(0);
  });

  it("adds triggers, switches one off, and takes them away", async () => {
    const timer = await call("createFunctionTrigger", {
      ...ofProd,
      body: exampleBody("createFunctionTrigger", "timer-cron"),
    });
    const gateway = await call("createFunctionTrigger", {
      function_urn,
      body: exampleBody("createFunctionTrigger", "apig"),
    });
    const place = { ...ofProd, trigger_type_code: "TIMER", trigger_id: timer.trigger_id };
    expect(
      (await call("updateTrigger", { ...place, body: { trigger_status: "DISABLED" } })).trigger_status,
    ).toBe("DISABLED");
    expect((await call("showFunctionTrigger", place)).event_data.schedule_type).toBe("Cron");
    expect(await refusal("deleteVersionAlias", { function_urn, alias_name: "prod" })).toBe("FSS.1154");
    await call("deleteFunctionTrigger", place);
    await call("deleteFunctionTrigger", {
      function_urn,
      trigger_type_code: "APIG",
      trigger_id: gateway.trigger_id,
    });
    await call("createFunctionTrigger", {
      function_urn,
      body: exampleBody("createFunctionTrigger", "timer-rate"),
    });
    await call("batchDeleteFunctionTriggers", { function_urn });
    await call("listFunctionTriggers", { function_urn });
  });

  it("tags it and finds it by its tags", async () => {
    const place = { resource_type: "functions", resource_id: function_urn };
    await call("createTags", { ...place, body: exampleBody("createTags", "tags") });
    const found = await call("showResInstanceInfo", {
      resource_type: "functions",
      action: "filter",
      body: exampleBody("showResInstanceInfo", "tags"),
    });
    expect(found).toMatchObject({ total_count: 1, resources: [{ resource_name: "hello-orders" }] });
    await call("deleteTags", { ...place, body: exampleBody("deleteTags", "tags") });
    expect((await call("showProjectTagsList", { resource_type: "functions" })).tags).toEqual([
      { key: "team", values: ["orders"] },
    ]);
  });

  it("reserves instances", async () => {
    const body = exampleBody("updateFunctionReservedInstancesCount", "schedule");
    expect((await call("updateFunctionReservedInstancesCount", { ...ofProd, body })).count).toBe(2);
    const { reserved_instances } = await call("listReservedInstanceConfigs", { function_urn });
    expect(reserved_instances).toMatchObject([
      { qualifier_type: "alias", qualifier_name: "prod", min_count: 2 },
    ]);
    expect((await call("listFunctionReservedInstances")).count).toBe(1);
    await call("updateFunctionReservedInstancesCount", { ...ofProd, body: { count: 0 } });
  });

  it("sets up asynchronous invocations", async () => {
    await call("updateFunctionAsyncInvokeConfig", {
      function_urn,
      body: exampleBody("updateFunctionAsyncInvokeConfig", "targets"),
    });
    expect((await call("showFunctionAsyncInvokeConfig", { function_urn })).max_async_retry_attempts).toBe(2);
    expect((await call("listFunctionAsyncInvokeConfig", { function_urn })).count).toBe(1);
    expect((await call("listAsyncInvocations", { function_urn })).count).toBe(0);
    await call("deleteFunctionAsyncInvokeConfig", { function_urn });
  });

  it("reads quotas and figures", async () => {
    expect((await call("listQuotas")).quotas.resources).toContainEqual(
      expect.objectContaining({ type: "fgs_func_num", used: 1 }),
    );
    expect(await call("listStatistics", { filter: "monitor_data", period: "60" })).toHaveProperty(
      "statistics",
    );
    expect(await call("listFunctionStatistics", { func_urn: function_urn, period: "60" })).toHaveProperty(
      "count",
    );
  });

  it("exports it and imports what came", async () => {
    const v1 = `${function_urn}:v1`;
    const { body } = await call("exportFunction", { function_urn: v1, code: true, config: true });
    // The SDK reads the ZIP as if it were text, which costs it the bytes; they are fetched without it.
    expect(body).toMatch(/^PK/);
    const address = `${emulator.url}/v2/${emulator.projectId}/fgs/functions/${v1}/export?code=true&config=true`;
    const exported = await fetch(address, { headers: { "X-Auth-Token": emulator.token } });
    const file_code = base64(new Uint8Array(await exported.arrayBuffer()));
    const copy = await call("importFunction", {
      body: { ...exampleBody("importFunction", "zip"), file_code },
    });
    expect(copy).toMatchObject({
      func_name: "hello-orders-copy",
      timeout: 30,
      memory_size: 256,
      code_size: 256,
      version: "latest",
    });
    expect((await call("showFunctionCode", { function_urn: "hello-orders-copy" })).digest).toBe(
      (await call("showFunctionCode", { function_urn: `${function_urn}:v1` })).digest,
    );
  });

  it("deletes version, alias and functions", async () => {
    await call("deleteVersionAlias", { function_urn, alias_name: "prod" });
    await call("deleteFunction", { function_urn: `${function_urn}:v2` });
    await call("deleteFunction", { function_urn });
    await call("deleteFunction", { function_urn: "hello-orders-copy" });
    expect(await refusal("showFunctionConfig", { function_urn })).toBe("FSS.1051");
    expect((await call("listFunctions")).count).toBe(0);
  });

  it("is refused with another key", async () => {
    sdk = await officialClient("another-secret-key");
    expect(await refusal("listFunctions")).toBe("APIGW.0301");
  });
});
