import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ada, addLocalFunction, localApp } from "../../test/support/local-app.ts";
import { perform } from "../../test/support/perform.ts";
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
