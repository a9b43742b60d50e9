import { createFunctionGraph, FunctionGraphError } from "@functiongraph/client";
import { createCodePackage } from "@functiongraph/client/zip";
import { createEmulator, type Emulator } from "@functiongraph/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleBody } from "./cases/examples.ts";
import { base64 } from "./cases/packages.ts";

type Client = ReturnType<typeof createFunctionGraph>;

const projectId = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
const function_urn = `urn:fss:eu-de:${projectId}:function:default:hello-orders`;
const path = { function_urn };
const prod = { function_urn: `${function_urn}:!prod` };
const settings = {
  func_name: "hello-orders",
  runtime: "Node.js18.15",
  handler: "index.handler",
  timeout: 30,
  memory_size: 256,
};
let emulator: Emulator;
let fg: Client;

beforeAll(async () => {
  emulator = await createEmulator({ validateResponses: true, authentication: "strict", logLevel: "silent" });
  fg = createFunctionGraph({
    endpoint: emulator.url,
    projectId,
    credentials: emulator.credentials,
    maxRetries: 0,
  });
});

afterAll(async () => {
  const { violations } = emulator;
  await emulator.close();
  expect(violations).toEqual([]);
});

/** A code package whose function greets so. */
async function greeting(
  word: string,
): Promise<{ code_type: "zip"; code_filename: string; func_code: { file: string } }> {
  const code = await createCodePackage({ "index.js": `exports.handler = async () => "${word}";\n` });
  return { code_type: "zip", code_filename: "index.zip", func_code: { file: code.base64 } };
}

/** The code with which a call is refused. */
async function refusal(call: Promise<unknown>): Promise<string | undefined> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof FunctionGraphError ? String(error.code) : undefined;
}

describe("the client of this project", () => {
  it("creates a function", async () => {
    const made = await fg.createFunction({
      body: { ...settings, package: "default", ...(await greeting("Hello")) },
    });
    expect(made).toMatchObject({ func_urn: `${function_urn}:latest`, cpu: 400 });
    expect(
      await refusal(
        fg.createFunction({ body: { ...settings, package: "default", ...(await greeting("Hello")) } }),
      ),
    ).toBe("FSS.1061");
    const names: unknown[] = [];
    for await (const { func_name } of fg.listFunctions.items()) names.push(func_name);
    expect(names).toEqual(["hello-orders"]);
  });

  it("publishes it, updates code and configuration, and publishes again", async () => {
    await fg.createFunctionVersion({ path, body: { version: "v1" } });
    await fg.updateFunctionCode({ path, body: await greeting("Good morning") });
    const { timeout } = await fg.updateFunctionConfig({
      path,
      body: { ...settings, timeout: 60, xrole: "orders-agency" },
    });
    expect(timeout).toBe(60);
    await fg.createFunctionVersion({ path, body: { version: "v2" } });
    expect((await fg.listFunctionVersions({ path })).versions).toHaveLength(3);
  });

  it("points an alias at a version, with a share for another one", async () => {
    await fg.createVersionAlias({
      path,
      body: { name: "prod", version: "v1", additional_version_weights: { v2: 10 } },
    });
    const moved = await fg.updateVersionAlias({
      path: { ...path, alias_name: "prod" },
      body: { version: "v1", additional_version_weights: { v2: 50 } },
    });
    expect(moved.additional_version_weights).toEqual({ v2: 50 });
  });

  it("uploads a dependency and uses it", async () => {
    const file = String(exampleBody("createDependencyVersion", "zip").depend_file);
    const body = {
      name: "greeting",
      runtime: "Node.js18.15",
      depend_type: "zip",
      depend_file: file,
    } as const;
    const { id = "", dep_id = "" } = await fg.createDependencyVersion({ body });
    await fg.updateFunctionCode({ path, body: { ...(await greeting("Hello")), depend_version_list: [id] } });
    expect(await refusal(fg.deleteDependencyVersion({ path: { depend_id: dep_id, version: "1" } }))).toBe(
      "FSS.1033",
    );
  });

  it("keeps a test event", async () => {
    const content = base64('{"name":"Ada"}');
    const { id = "" } = await fg.createEvent({ path, body: { name: "order-created", content } });
    expect((await fg.showEvent({ path: { ...path, event_id: id } })).content).toBe(content);
    await fg.deleteEvent({ path: { ...path, event_id: id } });
  });

  it("adds a trigger, switches it off, and takes it away", async () => {
    const event_data = { name: "every-five-minutes", schedule_type: "Rate", schedule: "5m" } as const;
    const { trigger_id = "" } = await fg.createFunctionTrigger({
      path: prod,
      body: { trigger_type_code: "TIMER", event_data },
    });
    const place = { ...prod, trigger_type_code: "TIMER", trigger_id };
    const changed = await fg.updateTrigger({ path: place, body: { trigger_status: "DISABLED" } });
    expect(changed.trigger_status).toBe("DISABLED");
    expect(await refusal(fg.deleteVersionAlias({ path: { ...path, alias_name: "prod" } }))).toBe("FSS.1154");
    await fg.deleteFunctionTrigger({ path: place });
  });

  it("tags it and finds it by its tags", async () => {
    const resource = { resource_type: "functions", resource_id: function_urn } as const;
    await fg.createTags({
      path: resource,
      body: { action: "create", tags: [{ key: "team", value: "orders" }] },
    });
    const found = await fg.showResInstanceInfo({
      path: { resource_type: "functions", action: "filter" },
      body: { tags: [{ key: "team", values: ["orders"] }] },
    });
    expect(found.resources?.map(({ resource_name }) => resource_name)).toEqual(["hello-orders"]);
    await fg.deleteTags({ path: resource, body: { action: "delete", tags: [{ key: "team" }] } });
  });

  it("reserves instances", async () => {
    await fg.updateFunctionReservedInstancesCount({ path: prod, body: { count: 2 } });
    expect((await fg.listFunctionReservedInstances()).reservedinstances).toMatchObject([{ count: 2 }]);
    await fg.updateFunctionReservedInstancesCount({ path: prod, body: { count: 0 } });
  });

  it("exports it and imports what came", async () => {
    const exported = await fg.exportFunction({
      path: { function_urn: `${function_urn}:v1` },
      query: { code: true, config: true },
    });
    const file_code = base64(new Uint8Array(await new Response(exported).arrayBuffer()));
    const copy = await fg.importFunction({
      body: { func_name: "hello-orders-copy", file_name: "copy.zip", file_type: "zip", file_code },
    });
    expect(copy).toMatchObject({ func_name: "hello-orders-copy", timeout: 30, version: "latest" });
  });

  it("deletes version, alias and functions", async () => {
    await fg.deleteVersionAlias({ path: { ...path, alias_name: "prod" } });
    await fg.deleteFunction({ path: { function_urn: `${function_urn}:v2` } });
    await fg.deleteFunction({ path });
    await fg.deleteFunction({ path: { function_urn: "hello-orders-copy" } });
    expect(await refusal(fg.showFunctionConfig({ path }))).toBe("FSS.1051");
  });
});
