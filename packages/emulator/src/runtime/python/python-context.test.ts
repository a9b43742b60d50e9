import { afterAll, beforeAll, expect, test } from "vitest";
import { type PythonFunctions, pythonFunctions } from "../../../test/support/python-functions.ts";

let functions: PythonFunctions;

beforeAll(async () => {
  functions = await pythonFunctions("process", { warm: 1 });
});

afterAll(() => functions.close());

/** Returns what methods without parameters give, with the types of their values. */
const dump = [
  "def handler(event, context):",
  "    found = {}",
  "    for name in event:",
  "        value = getattr(context, name)()",
  "        found[name] = [type(value).__name__, value]",
  "    return found",
  "",
].join("\n");

const call = { requestId: "id-1", alias: "production" };

test("the context has the service's methods, with its types", async () => {
  const want = {
    getRequestID: ["str", "id-1"],
    getRunningTimeInSeconds: ["int", 3000],
    getMemorySize: ["str", "256"],
    getCPUNumber: ["str", "400"],
    getFunctionName: ["str", "hello"],
    getVersion: ["str", "latest"],
    getPackage: ["str", "default"],
    getProjectID: ["str", "0a1b2c3d4e5f60718293a4b5c6d7e8f9"],
    getAlias: ["str", "production"],
    getAccessKey: ["str", ""],
    getSecretKey: ["str", ""],
    getSecurityAccessKey: ["str", ""],
    getSecuritySecretKey: ["str", ""],
    getSecurityToken: ["str", ""],
    getToken: ["str", ""],
    getWorkflowID: ["str", ""],
    getWorkflowRunID: ["str", ""],
    getWorkflowStateID: ["str", ""],
    get_state: ["NoneType", null],
    get_invoke_id: ["str", "id-1"],
    get_trace_id: ["str", "id-1"],
    get_invoke_property: ["NoneType", null],
    get_instance_id: ["str", expect.stringMatching(/^[0-9a-f]{32}$/)],
  };
  const one = await functions.start(dump, { memoryMb: 256, cpu: 400 });
  const { text } = await one.call(Object.keys(want), call);
  one.worker.kill();
  expect(JSON.parse(text)).toEqual(want);
});

test("a function with an agency gets temporary keys", async () => {
  const names = [
    "getAccessKey",
    "getSecretKey",
    "getSecurityAccessKey",
    "getSecuritySecretKey",
    "getSecurityToken",
    "getToken",
  ];
  const one = await functions.start(dump, { hasAgency: true });
  const { text } = await one.call(names);
  one.worker.kill();
  const found: Record<string, [string, string]> = JSON.parse(text);
  for (const name of names) expect(found[name]).toEqual(["str", expect.stringMatching(/./)]);
});

test("user data, state and remaining time", async () => {
  const source = [
    "import time",
    "def handler(event, context):",
    "    before = context.getRemainingTimeInMilliSeconds()",
    "    time.sleep(0.05)",
    "    context.set_state('kept')",
    "    context.set_instance_id('mine')",
    "    return {",
    "        'set': context.getUserData('KEY'), 'missing': context.getUserData('OTHER'), 'default': context.getUserData('OTHER', 1),",
    "        'left': before, 'passed': before - context.getRemainingTimeInMilliSeconds(),",
    "        'state': context.get_state(), 'instance': context.get_instance_id(), 'same': context.getLogger() is context.getLogger(),",
    "    }",
    "",
  ].join("\n");
  const one = await functions.start(source, { timeout: 9, userData: { KEY: "value" } });
  const { left, passed, ...rest } = JSON.parse((await one.call()).text);
  one.worker.kill();
  expect(rest).toEqual({
    set: "value",
    missing: null,
    default: 1,
    state: "kept",
    instance: "mine",
    same: true,
  });
  expect(left).toBeGreaterThan(8000);
  expect(left).toBeLessThanOrEqual(9000);
  expect(passed).toBeGreaterThanOrEqual(50);
});
