import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ada, addLocalFunction, localApp } from "../../test/support/local-app.ts";
import { perform } from "../../test/support/perform.ts";
import type { Call } from "../contract/handler.ts";
import type { QueuedRequest } from "../core/async-execution/queue-contract.ts";
import { checkInvocation, mostEventBytes } from "../core/functions/check-invocation.ts";
import { createEmulator } from "../emulator.ts";
import type { Emulator } from "../start-emulator.ts";
import { asyncInvokeFunction, asyncInvokeReservedFunction, invokeFunction } from "./invocation.ts";

const urn = "urn:fss:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:function:default:hello-orders";
const source = "exports.handler = async (event) => ({ letters: Object.values(event).join('').length });\n";
const settings = {
  func_name: "hello-orders",
  package: "default",
  runtime: "Node.js18.15",
  handler: "index.handler",
  timeout: 30,
  memory_size: 256,
  code_type: "inline",
  func_code: { file: Buffer.from(source).toString("base64") },
};
let emulator: Emulator;

beforeAll(async () => {
  emulator = await createEmulator({ validateResponses: true, logLevel: "silent" });
  await call("POST", "", settings);
});

afterAll(async () => {
  const { violations } = emulator;
  await emulator.close();
  expect(violations).toEqual([]);
});

/** Sends these bytes as JSON; `code` is what the answer says of the function's failure. */
async function post(
  path: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; text: string; code: string | null }> {
  const response = await fetch(`${emulator.url}/v2/${emulator.projectId}/fgs/functions${path}`, {
    method: "POST",
    headers: { "X-Auth-Token": emulator.token, "Content-Type": "application/json", ...headers },
    body,
  });
  const code = response.headers.get("x-func-err-code");
  return { status: response.status, text: await response.text(), code };
}

/** Status and body, or code and message of a refusal as one text. */
async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; text: string; refusal: string }> {
  const response = await fetch(`${emulator.url}/v2/${emulator.projectId}/fgs/functions${path}`, {
    method,
    headers: { "X-Auth-Token": emulator.token, "Content-Type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const [, code = "", message = ""] = /^\{"error_code":"([^"]*)","error_msg":"(.*)"/.exec(text) ?? [];
  return { status: response.status, text, refusal: `${code} ${message}` };
}

describe.each([
  {
    operation: "invocations",
    most: mostEventBytes.synchronous,
    tooLarge: "FSS.1201",
    accepted: { status: 200, text: /^\{"letters":\d+\}$/ },
  },
  {
    operation: "invocations-async",
    most: mostEventBytes.asynchronous,
    tooLarge: "FSS.1201",
    accepted: { status: 202, text: /"request_id"/ },
  },
  {
    operation: "reserved-invocations",
    most: mostEventBytes.asynchronous,
    // No code of its own is documented for it.
    tooLarge: "FSS.0413",
    accepted: { status: 202, text: /"instance_id"/ },
  },
])("POST …/$operation", ({ operation, most, tooLarge, accepted }) => {
  const invoke = (name: string, event: object = {}) => call("POST", `/${name}/${operation}`, event);

  it("runs the function", async () => {
    const { status, text } = await invoke(urn, { name: "Ada" });
    expect({ status, text }).toEqual({ status: accepted.status, text: expect.stringMatching(accepted.text) });
  });

  it.each([
    ["gone", "FSS.1051 Not found the function"],
    [`${urn}:v1`, "FSS.1052"],
    [`${urn}:!prod`, "FSS.1053"],
    ["a:b:c:d:e", "FSS.1309"],
  ])("refuses %s", async (name, want) => {
    expect((await invoke(name)).refusal).toContain(want);
  });

  it("refuses a disabled function", async () => {
    await call("POST", "", { ...settings, func_name: `disabled-${operation}` });
    await call("PUT", `/disabled-${operation}/config-max-instance`, { max_instance_num: 0 });
    expect((await invoke(`disabled-${operation}`)).refusal).toBe("FSS.0429 Function Disabled");
  });

  it("refuses too large an event", async () => {
    const event = (bytes: number): object => ({ a: "x".repeat(bytes - '{"a":""}'.length) });
    expect((await invoke(urn, event(most))).status).toBe(accepted.status);
    expect((await invoke(urn, event(most + 1))).refusal).toContain(tooLarge);
  });
});

it("hands requests that nobody waits for to the queue, each under an ID of its own", async () => {
  const queued: QueuedRequest[] = [];
  const { queue } = localApp();
  const app = localApp({ queue: { ...queue, accept: (request) => void queued.push(request) } });
  const given = { path: { function_urn: urn }, body: { name: "Ada" } };
  const later = await perform(app, ada, "asyncInvokeFunction", asyncInvokeFunction, given);
  const reserved = await perform(app, ada, "asyncInvokeReservedFunction", asyncInvokeReservedFunction, given);
  expect(queued).toMatchObject([
    { requestId: later.body.request_id },
    { requestId: reserved.body.instance_id },
  ]);
  expect(new Set(queued.map(({ requestId }) => requestId)).size).toBe(2);
  for (const { projectId, urn: named, event } of queued)
    expect([projectId, named, String(event)]).toEqual([ada.projectId, urn, '{"name":"Ada"}']);
});

it("finds the function before it looks for a place to run it", async () => {
  const given = { path: { function_urn: "gone" }, body: {} };
  const { error } = await perform(localApp(), ada, "invokeFunction", invokeFunction, given);
  expect(error).toContain("FSS.1051");
});

it("takes the byte order mark off an event, which no parser of a function would take", async () => {
  const event = Buffer.from('\ufeff{"name":"Ada"}');
  expect(await post(`/${urn}/invocations`, event)).toMatchObject({ status: 200, text: '{"letters":3}' });
  const queued: QueuedRequest[] = [];
  const { queue } = localApp();
  const app = localApp({ queue: { ...queue, accept: (request) => void queued.push(request) } });
  // What the handler looks at.
  const call = { bytes: event, allHeaders: {}, caller: ada, path: { function_urn: urn } };
  await asyncInvokeFunction(call as unknown as Call<"asyncInvokeFunction">, app);
  expect(queued.map((request) => String(request.event))).toEqual(['{"name":"Ada"}']);
});

it.each([
  ["null", "null"],
  ["5", "5"],
  ["[1]", "a list"],
  ['"x"', '"x"'],
])("refuses the event %s, which is no object", async (event, shown) => {
  const message = `invalid parameter. the body must be an object and is ${shown}.`;
  for (const operation of ["invocations", "invocations-async", "reserved-invocations"]) {
    const { status, text } = await post(`/${urn}/${operation}`, Buffer.from(event));
    const { error_code, error_msg } = JSON.parse(text);
    expect([status, error_code, error_msg.toLowerCase()]).toEqual([400, "FSS.0400", message]);
  }
});

it("gives the own error of a function as it is, whatever its form", async () => {
  const echo = "exports.handler = (event, context, callback) => callback(event.error);\n";
  const func_code = { file: Buffer.from(echo).toString("base64") };
  await call("POST", "", { ...settings, func_name: "fails", func_code });
  for (const error of [{ a: 1 }, {}, [1], { message: "m" }, { errorMessage: 5 }, { error_code: 7 }]) {
    const own = await post("/fails/invocations", Buffer.from(JSON.stringify({ error })));
    expect([own.status, own.code, JSON.parse(own.text)]).toEqual([500, "4001", error]);
  }
});

it("refuses to run an HTTP function asynchronously", async () => {
  await call("POST", "", { ...settings, func_name: "server", runtime: "http", handler: "bootstrap" });
  expect((await call("POST", "/server/invocations-async", {})).refusal).toMatch(/^FSS.0400 /);
});

it("says why a function does not run here, and what to do instead", async () => {
  const custom_image = { enabled: true, image: "swr.eu-de.otc.t-systems.com/example-org/read-receipt:1.0" };
  const image = { func_name: "image", runtime: "Custom Image", handler: "-", custom_image };
  const { func_code: _, ...rest } = settings;
  await call("POST", "", { ...rest, ...image, code_type: "Custom-Image-Swr" });
  const { status, refusal } = await call("POST", "/image/invocations", {});
  expect([status, refusal]).toEqual([
    503,
    expect.stringMatching(/^FSS.0503 .*container images do not run here/),
  ]);
});

it("looks at the memory asked for where the function has dynamic memory", async () => {
  const app = localApp();
  await addLocalFunction(app, ada, { func_name: "dynamic", enable_dynamic_memory: true });
  await addLocalFunction(app, ada);
  const check = (name: string, instanceMemory: number) => () =>
    checkInvocation(app, ada.projectId, { urn: name, eventBytes: 2, asynchronous: false, instanceMemory });
  expect(check("dynamic", 300)).toThrow(expect.objectContaining({ code: "FSS.0406" }));
  expect(check("dynamic", 8192)).not.toThrow();
  expect(check("hello-orders", 300)).not.toThrow();
});

it("reads the memory asked for as it is written in the list of sizes, and in no other way", async () => {
  await call("POST", "", { ...settings, func_name: "dynamic" });
  const { func_name, func_code, code_type, package: _, ...kept } = settings;
  const dynamic = { ...kept, func_name: "dynamic", enable_dynamic_memory: true };
  expect((await call("PUT", "/dynamic/config", dynamic)).status).toBe(200);
  for (const size of ["0x100", "256.0", "2.56e2", "+256", "0256", "256MB"]) {
    for (const operation of ["invocations", "invocations-async"]) {
      const asked = await post(`/dynamic/${operation}`, Buffer.from("{}"), { "X-Cff-Instance-Memory": size });
      expect([size, asked.status, asked.text]).toEqual([size, 406, expect.stringContaining("FSS.0406")]);
    }
  }
  const asked = await post("/dynamic/invocations", Buffer.from("{}"), { "X-Cff-Instance-Memory": "256" });
  expect(asked.status).toBe(200);
});
