import { readFileSync } from "node:fs";
import { createEmulator, type Emulator } from "@functiongraph/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { helloOrders, type Service, serviceOf } from "./service.ts";

const project = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
const urn = `urn:fss:eu-de:${project}:function:default:hello-orders`;
const example = (path: string) =>
  parse(readFileSync(new URL(`../../spec/examples/${path}.yaml`, import.meta.url), "utf8")).value;

let emulator: Emulator;
let service: Service;

beforeAll(async () => {
  emulator = await createEmulator({
    seed: 1,
    time: new Date("2026-03-02T10:00:00Z"),
    validateResponses: true,
  });
  service = serviceOf(emulator);
});
afterAll(async () => {
  await emulator.close();
});

describe("a function lives", () => {
  let dependency = "";
  let exported = Buffer.alloc(0);

  it("is created", async () => {
    const { status, body } = await service.call("POST", "/fgs/functions", {
      ...helloOrders,
      xrole: "orders-agency",
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      func_urn: `${urn}:latest`,
      func_name: "hello-orders",
      version: "latest",
      cpu: 400,
    });
    expect((await service.call("POST", "/fgs/functions", helloOrders)).body.error_code).toBe("FSS.1061");
    expect((await service.call("GET", "/fgs/functions")).body.functions).toHaveLength(1);
  });

  it("gets other code and another configuration", async () => {
    const code = example("updateFunctionCode/updateFunctionCode.request.zip");
    const changed = await service.call("PUT", `/fgs/functions/${urn}/code`, code);
    expect(changed.status).toBe(200);
    expect(changed.body.digest).toMatch(/^[0-9a-f]{128}$/);
    expect((await service.call("GET", `/fgs/functions/${urn}/code`)).body.digest).toBe(changed.body.digest);
    const config = {
      ...example("updateFunctionConfig/updateFunctionConfig.request.network"),
      func_name: "hello-orders",
    };
    const configured = await service.call("PUT", `/fgs/functions/${urn}/config`, config);
    expect(configured.status).toBe(200);
    expect(configured.body).toMatchObject({ timeout: 60, user_data: '{"GREETING":"Hello"}' });
    expect((await service.call("GET", `/fgs/functions/${urn}/config`)).body).toMatchObject({ timeout: 60 });
  });

  it("is published twice, with an alias that splits between the versions", async () => {
    expect(
      (
        await service.call("POST", `/fgs/functions/${urn}/versions`, {
          version: "v1",
          description: "First release",
        })
      ).body.version,
    ).toBe("v1");
    expect(
      (await service.call("POST", `/fgs/functions/${urn}/versions`, { version: "v2" })).body.error_code,
    ).toBe("FSS.1016");
    await service.call("PUT", `/fgs/functions/${urn}/code`, {
      code_type: "inline",
      func_code: helloOrders.func_code,
    });
    expect(
      (await service.call("POST", `/fgs/functions/${urn}/versions`, { version: "v2" })).body.version,
    ).toBe("v2");
    const alias = { name: "prod", version: "v1", additional_version_weights: { v2: 10 } };
    const created = await service.call("POST", `/fgs/functions/${urn}/aliases`, alias);
    expect(created).toMatchObject({ status: 200, body: { ...alias, alias_urn: `${urn}:!prod` } });
    const moved = await service.call("PUT", `/fgs/functions/${urn}/aliases/prod`, {
      version: "v1",
      additional_version_weights: { v2: 50 },
    });
    expect(moved.body.additional_version_weights).toEqual({ v2: 50 });
    expect(
      (await service.call("GET", `/fgs/functions/${urn}/versions`)).body.versions
        .map((each: { version: string }) => each.version)
        .sort(),
    ).toEqual(["latest", "v1", "v2"]);
  });

  it("uses a dependency, which then cannot be deleted", async () => {
    const { status, body } = await service.call(
      "POST",
      "/fgs/dependencies/version",
      example("createDependencyVersion/createDependencyVersion.request.zip"),
    );
    expect(status).toBe(200);
    dependency = `/fgs/dependencies/${body.dep_id}/version/${body.version}`;
    const used = await service.call("PUT", `/fgs/functions/${urn}/code`, {
      code_type: "inline",
      func_code: helloOrders.func_code,
      depend_version_list: [body.id],
    });
    expect(used.status).toBe(200);
    expect((await service.call("DELETE", dependency)).body.error_code).toBe("FSS.1033");
  });

  it("has a test event", async () => {
    const created = await service.call(
      "POST",
      `/fgs/functions/${urn}/events`,
      example("createEvent/createEvent.request"),
    );
    expect(created.status).toBe(200);
    const path = `/fgs/functions/${urn}/events/${created.body.id}`;
    const content = Buffer.from('{"name":"Ada"}').toString("base64");
    expect((await service.call("PUT", path, { content })).status).toBe(200);
    expect((await service.call("GET", path)).body.content).toBe(content);
  });

  it("has triggers, of which those of an alias keep it", async () => {
    const timer = example("createFunctionTrigger/createFunctionTrigger.request.timer-cron");
    const api = example("createFunctionTrigger/createFunctionTrigger.request.apig");
    const { body } = await service.call("POST", `/fgs/triggers/${urn}:!prod`, timer);
    expect(body).toMatchObject({ trigger_type_code: "TIMER", trigger_status: "ACTIVE" });
    expect((await service.call("POST", `/fgs/triggers/${urn}`, api)).status).toBe(201);
    const disabled = await service.call("PUT", `/fgs/triggers/${urn}:!prod/TIMER/${body.trigger_id}`, {
      trigger_status: "DISABLED",
    });
    expect(disabled.body.trigger_status).toBe("DISABLED");
    expect((await service.call("GET", `/fgs/triggers/${urn}`)).body).toHaveLength(1);
    expect((await service.call("DELETE", `/fgs/functions/${urn}/aliases/prod`)).body.error_code).toBe(
      "FSS.1154",
    );
    expect((await service.call("DELETE", `/fgs/triggers/${urn}:!prod/TIMER/${body.trigger_id}`)).status).toBe(
      204,
    );
  });

  it("has tags, by which it is found", async () => {
    const { body: config } = await service.call("GET", `/fgs/functions/${urn}/config`);
    const tags = { action: "create", tags: [{ key: "team", value: "orders" }] };
    expect(
      (await service.call("POST", `/functions/${config.resource_id ?? config.func_id}/tags/create`, tags))
        .status,
    ).toBe(204);
    const counted = await service.call("POST", "/functions/resource-instances/count", {
      tags: [{ key: "team", values: ["orders"] }],
    });
    expect(counted.body).toMatchObject({ total_count: 1 });
  });

  it("has reserved instances", async () => {
    const wanted = example(
      "updateFunctionReservedInstancesCount/updateFunctionReservedInstancesCount.request.schedule",
    );
    expect((await service.call("PUT", `/fgs/functions/${urn}:v1/reservedinstances`, wanted)).status).toBe(
      200,
    );
    const { body } = await service.call("GET", "/fgs/functions/reservedinstanceconfigs");
    expect(body.reserved_instances).toHaveLength(1);
    expect(
      (await service.call("PUT", `/fgs/functions/${urn}:v1/reservedinstances`, { count: 0 })).status,
    ).toBe(200);
  });

  it("is exported, and imported under another name", async () => {
    const answer = await service.call("GET", `/fgs/functions/${urn}/export?config=true&code=true`);
    expect(answer.status).toBe(200);
    exported = answer.body;
    expect(exported.subarray(0, 2).toString()).toBe("PK");
    const again = {
      func_name: "hello-orders-copy",
      file_name: "hello-orders.zip",
      file_type: "zip",
      file_code: exported.toString("base64"),
      package: "default",
    };
    const imported = await service.call("POST", "/fgs/functions/import", again);
    expect(imported).toMatchObject({
      status: 200,
      body: { func_name: "hello-orders-copy", handler: "index.handler", memory_size: 256 },
    });
    expect((await service.call("POST", "/fgs/functions/import", again)).body.error_code).toBe("FSS.1061");
  });

  it("counts against the quotas while it is there", async () => {
    const { body } = await service.call("GET", "/fgs/quotas");
    const functions = body.quotas.resources.find(({ type }: { type: string }) => type === "fgs_func_num");
    expect(functions.used).toBe(2);
  });

  it("is deleted with all that belongs to it", async () => {
    for (const name of [urn, `${urn}-copy`])
      expect((await service.call("DELETE", `/fgs/functions/${name}`)).status).toBe(204);
    expect((await service.call("GET", "/fgs/functions")).body.functions).toEqual([]);
    for (const path of [
      `/fgs/functions/${urn}/versions`,
      `/fgs/functions/${urn}/aliases`,
      `/fgs/functions/${urn}/events`,
      `/fgs/triggers/${urn}`,
    ]) {
      expect((await service.call("GET", path)).body.error_code, path).toBe("FSS.1051");
    }
    expect((await service.call("DELETE", dependency)).status).toBe(204);
    const created = await service.call("POST", "/fgs/functions", helloOrders);
    expect(created.status).toBe(200);
    expect((await service.call("GET", `/fgs/triggers/${urn}`)).body).toEqual([]);
    expect((await service.call("GET", `/fgs/functions/${urn}/events`)).body.events).toEqual([]);
  });

  it("and every answer on the way was as the description says", () => {
    expect(emulator.violations).toEqual([]);
  });
});
