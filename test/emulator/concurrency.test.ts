import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@functiongraph/emulator";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { exampleBody } from "./cases/examples.ts";
import { base64 } from "./cases/packages.ts";
import { type Answered, helloOrders, type Service, serviceOf } from "./service.ts";

const function_urn = "default:hello-orders";
const at = `/fgs/functions/${function_urn}`;

describe.each(["in memory", "on disk"])("requests at the same time, %s", (place) => {
  let emulator: Emulator;
  let service: Service;
  let folder: string | undefined;

  beforeAll(async () => {
    folder = place === "on disk" ? mkdtempSync(join(tmpdir(), "functiongraph-concurrency-")) : undefined;
    const limits = { functions: 5, eventsPerFunction: 3, versionsPerFunction: 6 };
    emulator = await createEmulator({
      ...(folder && { data: folder }),
      validateResponses: true,
      logLevel: "silent",
      limits,
    });
    service = serviceOf(emulator);
  });

  beforeEach(async () => {
    emulator.reset();
    await service.call("POST", "/fgs/functions", helloOrders);
  });

  afterAll(async () => {
    const { violations } = emulator;
    await emulator.close();
    if (folder) rmSync(folder, { recursive: true });
    expect(violations).toEqual([]);
  });

  /** Sends so many requests at once. */
  const atOnce = (number: number, send: (index: number) => Promise<Answered>): Promise<Answered[]> =>
    Promise.all(Array.from({ length: number }, (_, index) => send(index)));
  /** How many of them had which outcome. */
  const outcomes = (answers: readonly Answered[]): Record<string, number> => {
    const keys = answers.map(({ status, body }) => (status < 300 ? String(status) : String(body.error_code)));
    return Object.fromEntries(
      [...new Set(keys)].map((key) => [key, keys.filter((one) => one === key).length]),
    );
  };
  const changeCode = (text: string) =>
    service.call("PUT", `${at}/code`, {
      code_type: "inline",
      func_code: { file: base64(`exports.handler = async () => "${text}";\n`) },
    });

  it("make a function of one name once", async () => {
    const body = { ...helloOrders, func_name: "twin" };
    expect(outcomes(await atOnce(20, () => service.call("POST", "/fgs/functions", body)))).toEqual({
      "200": 1,
      "FSS.1061": 19,
    });
  });

  it("make no more functions than there may be", async () => {
    const answers = await atOnce(20, (i) =>
      service.call("POST", "/fgs/functions", { ...helloOrders, func_name: `function-${i}` }),
    );
    expect(outcomes(answers)).toEqual({ "200": 4, "FSS.1041": 16 });
    expect((await service.call("GET", "/fgs/functions")).body.count).toBe(5);
  });

  it("publish a state once", async () => {
    const answers = await atOnce(10, (i) => service.call("POST", `${at}/versions`, { version: `v${i}` }));
    expect(outcomes(answers)).toEqual({ "200": 1, "FSS.1016": 9 });
  });

  it("give a version one alias", async () => {
    const answers = await atOnce(10, (i) =>
      service.call("POST", `${at}/aliases`, { name: `alias-${i}`, version: "latest" }),
    );
    expect(outcomes(answers)).toEqual({ "200": 1, "FSS.1066": 9 });
  });

  it("keep no more test events than there may be", async () => {
    const event = exampleBody("createEvent", "event");
    const answers = await atOnce(10, (i) =>
      service.call("POST", `${at}/events`, { ...event, name: `event-${i}` }),
    );
    expect(outcomes(answers)).toEqual({ "200": 3, "FSS.1068": 7 });
  });

  it("make a timer of one name once", async () => {
    const timer = exampleBody("createFunctionTrigger", "timer-rate");
    const answers = await atOnce(10, () => service.call("POST", `/fgs/triggers/${function_urn}`, timer));
    expect(outcomes(answers)).toEqual({ "201": 1, "FSS.1148": 9 });
  });

  it("give versions of a dependency each a number of its own", async () => {
    const zip = exampleBody("createDependencyVersion", "zip");
    const answers = await atOnce(8, () => service.call("POST", "/fgs/dependencies/version", zip));
    expect(answers.map(({ body }) => body.version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(answers.map(({ body }) => body.dep_id)).size).toBe(1);
  });

  it("leave the code of one of them, whole", async () => {
    const answers = await atOnce(10, (i) => changeCode("x".repeat(i)));
    const { body } = await service.call("GET", `${at}/code`);
    const same = answers.find((answer) => answer.body.digest === body.digest);
    expect(body).toMatchObject({ code_size: same?.body.code_size, func_code: same?.body.func_code });
  });

  it("keep what each adds", async () => {
    const tag = (i: number) =>
      service.call("POST", `/functions/${function_urn}/tags/create`, {
        action: "create",
        tags: [{ key: `key-${i}`, value: "x" }],
      });
    expect(outcomes(await atOnce(20, tag))).toEqual({ "204": 20 });
    expect((await service.call("GET", "/functions/tags")).body.tags).toHaveLength(20);
  });

  it("delete a function once", async () => {
    expect(outcomes(await atOnce(10, () => service.call("DELETE", at)))).toEqual({ "204": 1, "FSS.1051": 9 });
  });

  it("leave nothing of a function that is deleted while it is changed", async () => {
    const answers = await atOnce(10, (i) => (i === 4 ? service.call("DELETE", at) : changeCode(String(i))));
    expect(Object.keys(outcomes(answers)).filter((key) => !["200", "204", "FSS.1051"].includes(key))).toEqual(
      [],
    );
    expect((await service.call("GET", `${at}/config`)).body.error_code).toBe("FSS.1051");
    expect((await service.call("GET", "/fgs/quotas")).body.quotas.resources).toContainEqual(
      expect.objectContaining({ type: "fgs_func_code_size", used: 0 }),
    );
  });
});

describe("requests that come again", () => {
  let emulator: Emulator;
  let service: Service;

  beforeAll(async () => {
    emulator = await createEmulator({
      time: new Date("2026-03-02T09:00:00Z"),
      seed: 1,
      validateResponses: true,
      logLevel: "silent",
    });
    service = serviceOf(emulator);
    await service.call("POST", "/fgs/functions", helloOrders);
  });

  afterAll(() => emulator.close());

  const { func_name, runtime, handler, timeout, memory_size } = helloOrders;
  const config = { func_name, runtime, handler, timeout, memory_size };
  const subnet = exampleBody("createVpcEndpoint", "endpoint");

  it.each([
    ["updateFunctionConfig", "PUT", `${at}/config`, config],
    ["updateFunctionMaxInstanceConfig", "PUT", `${at}/config-max-instance`, { max_instance_num: 100 }],
    [
      "updateFunctionAsyncInvokeConfig",
      "PUT",
      `${at}/async-invoke-config`,
      exampleBody("updateFunctionAsyncInvokeConfig", "targets"),
    ],
    ["updateFunctionReservedInstancesCount", "PUT", `${at}/reservedinstances`, { count: 2 }],
    ["updateTracing", "PUT", `${at}/tracing`, exampleBody("updateTracing", "start")],
    ["createTags", "POST", `/functions/${function_urn}/tags/create`, exampleBody("createTags", "tags")],
    ["deleteTags", "DELETE", `/functions/${function_urn}/tags/delete`, exampleBody("deleteTags", "tags")],
    ["createVpcEndpoint", "POST", "/fgs/vpc-endpoint", subnet],
    ["deleteVpcEndpoint", "DELETE", `/fgs/vpc-endpoint/${subnet.vpc_id}/${subnet.subnet_id}`, undefined],
    ["batchDeleteFunctionTriggers", "DELETE", `/fgs/triggers/${function_urn}`, undefined],
  ])("%s gives the same answer and changes nothing more", async (_, method, path, body) => {
    const first = await service.call(method, path, body);
    const state = await documents(emulator);
    const second = await service.call(method, path, body);
    expect({ status: second.status, body: second.body }).toEqual({ status: first.status, body: first.body });
    expect(first.status).toBeLessThan(300);
    expect(await documents(emulator)).toEqual(state);
  });
});

/** What is stored, without what counts changes. */
async function documents(emulator: Emulator): Promise<string[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of emulator.snapshot()) pieces.push(piece);
  const lines = Buffer.concat(pieces).toString("latin1").split("\n");
  return lines
    .filter((line) => line.startsWith('{"document"'))
    .map((line) => line.replaceAll(/"revision":\d+/g, ""));
}
