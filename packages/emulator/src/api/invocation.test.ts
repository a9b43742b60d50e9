import { beforeEach, describe, expect, it } from "vitest";
import { ada, addLocalFunction, type LocalApp, localApp } from "../../test/support/local-app.ts";
import { type Performed, perform } from "../../test/support/perform.ts";
import { checkInvocation } from "../core/functions/check-invocation.ts";
import { updateFunctionMaxInstanceConfig } from "./functions.ts";
import { asyncInvokeFunction, asyncInvokeReservedFunction, invokeFunction } from "./invocation.ts";

const urn = "urn:fss:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:function:default:hello-orders";

let app: LocalApp;
type Invoke = (
  function_urn: string,
  body?: object,
) => Promise<Performed<"invokeFunction" | "asyncInvokeFunction" | "asyncInvokeReservedFunction">>;
const ways: [string, Invoke][] = [
  [
    "invokeFunction",
    (function_urn, body = {}) =>
      perform(app, ada, "invokeFunction", invokeFunction, { path: { function_urn }, body }),
  ],
  [
    "asyncInvokeFunction",
    (function_urn, body = {}) =>
      perform(app, ada, "asyncInvokeFunction", asyncInvokeFunction, { path: { function_urn }, body }),
  ],
  [
    "asyncInvokeReservedFunction",
    (function_urn, body = {}) =>
      perform(app, ada, "asyncInvokeReservedFunction", asyncInvokeReservedFunction, {
        path: { function_urn },
        body,
      }),
  ],
];

beforeEach(async () => {
  app = localApp();
  await addLocalFunction(app, ada);
});

describe.each(ways)("%s", (operation, invoke) => {
  it("says that this build runs nothing", async () => {
    expect((await invoke(urn, { name: "Ada" })).error).toMatch(/^FSS.0503 .*does not run them/);
  });

  it.each([
    ["gone", "FSS.1051 Not found the function"],
    [`${urn}:v1`, "FSS.1052"],
    [`${urn}:!prod`, "FSS.1053"],
    ["a:b:c:d:e", "FSS.1309"],
  ])("refuses %s", async (name, want) => {
    expect((await invoke(name)).error).toContain(want);
  });

  it("refuses a disabled function", async () => {
    await perform(app, ada, "updateFunctionMaxInstanceConfig", updateFunctionMaxInstanceConfig, {
      path: { function_urn: urn },
      body: { max_instance_num: 0 },
    });
    expect((await invoke(urn)).error).toBe("FSS.0429 Function Disabled");
  });

  it("refuses too large an event", async () => {
    const most = operation === "invokeFunction" ? 6 * 1024 * 1024 : 256 * 1024;
    const event = (bytes: number): object => ({ a: "x".repeat(bytes - '{"a":""}'.length) });
    expect((await invoke(urn, event(most))).error).toMatch(/^FSS.0503 /);
    expect((await invoke(urn, event(most + 1))).error).toMatch(/^FSS.1201 /);
  });
});

it("refuses to run an HTTP function asynchronously", async () => {
  await addLocalFunction(app, ada, { func_name: "server", runtime: "http", handler: "bootstrap" });
  expect((await ways[1]?.[1]("server"))?.error).toMatch(/^FSS.0400 /);
  expect((await ways[0]?.[1]("server"))?.error).toMatch(/^FSS.0503 /);
});

it("looks at the memory asked for where the function has dynamic memory", async () => {
  await addLocalFunction(app, ada, { func_name: "dynamic", enable_dynamic_memory: true });
  const check = (name: string, instanceMemory: string) => () =>
    checkInvocation(app, ada.projectId, { urn: name, event: {}, asynchronous: false, instanceMemory });
  expect(check("dynamic", "300")).toThrow(expect.objectContaining({ code: "FSS.0406" }));
  expect(check("dynamic", "8192")).not.toThrow();
  expect(check("hello-orders", "300")).not.toThrow();
});
