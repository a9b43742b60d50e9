import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningFunctions, runFunctions } from "../../../test/support/running-functions.ts";
import { isAlive } from "../supervisor/is-alive.ts";

let functions: RunningFunctions;
beforeAll(async () => {
  functions = await runFunctions();
});
afterAll(() => functions.close());

/** What a function ends with: its code, and its result or error object. */
async function outcome(
  code: string | Readonly<Record<string, string>>,
  event: unknown = {},
  settings = {},
): Promise<[number, unknown]> {
  const called = await functions.call(await functions.add(code, settings), event);
  return [called.code, called.value ?? called.text];
}

const error = (errorMessage: string, errorType?: string): unknown =>
  expect.objectContaining({ errorMessage, ...(errorType && { errorType }) });

describe("a handler", () => {
  test.each<[string, string, unknown]>([
    ["may be asynchronous", "exports.handler = async (event) => ({ got: event.n })", { got: 1 }],
    [
      "may take a callback",
      "exports.handler = (event, context, done) => setImmediate(done, null, { got: event.n })",
      { got: 1 },
    ],
    [
      "may throw away later answers",
      "exports.handler = (event, context, done) => { done(null, 'first'); done(null, 'second'); }",
      "first",
    ],
    ["gives text as it is", "exports.handler = async () => 'a \"text\"'", 'a "text"'],
    ["gives numbers as text", "exports.handler = async () => 42", 42],
    ["gives null as JSON", "exports.handler = async () => null", null],
    ["gives nothing for undefined", "exports.handler = async () => undefined", ""],
  ])("%s", async (_what, code, result) => {
    const called = await functions.call(await functions.add(code), { n: 1 });
    expect([called.code, called.value === undefined ? called.text : called.value]).toEqual([0, result]);
  });

  test.each<[string, Record<string, string>, string]>([
    [
      "in a folder",
      { "src/app.js": "exports.run = async () => __filename.split('/').slice(-2)" },
      "src/app.run",
    ],
    [
      "in a module by its name",
      { "index.mjs": "export const handler = async () => import.meta.url.split('/').slice(-2)" },
      "index.handler",
    ],
    [
      "in a module by its package",
      {
        "package.json": '{"type":"module"}',
        "index.js": "export async function handler() { return import.meta.url.split('/').slice(-2) }",
      },
      "index.handler",
    ],
    [
      "in a default export",
      { "index.mjs": "export default { handler: async () => import.meta.url.split('/').slice(-2) }" },
      "index.handler",
    ],
    [
      "in an object of a class",
      {
        "index.js":
          "class Base { async handler() { return __filename.split('/').slice(-2) } } module.exports = new (class extends Base {})()",
      },
      "index.handler",
    ],
    [
      "behind a proxy",
      {
        "index.js":
          "module.exports = new Proxy({}, { get: (_, name) => name === 'handler' ? async () => __filename.split('/').slice(-2) : undefined })",
      },
      "index.handler",
    ],
    [
      "under a name that every object has",
      { "index.js": "exports.toString = async () => __filename.split('/').slice(-2)" },
      "index.toString",
    ],
    [
      "beside its node_modules",
      {
        "index.js": "exports.handler = require('own')",
        "node_modules/own/index.js": "module.exports = async () => __filename.split('/').slice(-2)",
      },
      "index.handler",
    ],
  ])("may lie %s", async (_what, files, handler) => {
    expect((await outcome(files, {}, { handler }))[0]).toBe(0);
  });
});

describe("an error", () => {
  test.each<[string, string, number, unknown]>([
    [
      "thrown",
      "exports.handler = async () => { throw new TypeError('bad') }",
      4002,
      error("function invocation exception, error: bad", "TypeError"),
    ],
    [
      "thrown at once",
      "exports.handler = () => { throw new RangeError('bad') }",
      4002,
      error("function invocation exception, error: bad", "RangeError"),
    ],
    [
      "thrown that is none",
      "exports.handler = async () => { throw 'bad' }",
      4002,
      error("function invocation exception, error: bad", "string"),
    ],
    [
      "given to the callback",
      "exports.handler = (e, c, done) => done(new Error('bad'))",
      4001,
      error("function entry exception, error: bad", "Error"),
    ],
    ["given as text", "exports.handler = (e, c, done) => done('just text')", 4001, "just text"],
    [
      "of its syntax",
      "exports.handler = async () => {",
      4002,
      error("function invocation exception, error: Unexpected end of input", "SyntaxError"),
    ],
    [
      "of a missing method",
      "exports.other = async () => 1",
      4001,
      error(
        "function entry exception, error: handler 'handler' not found in module './index.js'",
        "FunctionConfigError",
      ),
    ],
    [
      "of a missing module of its own",
      "require('nowhere')",
      4002,
      expect.objectContaining({ errorType: "Error" }),
    ],
    [
      "of a result that is no JSON",
      "exports.handler = async () => { const a = {}; a.a = a; return a }",
      4007,
      expect.objectContaining({
        errorMessage: expect.stringMatching(/^function result is invalid, error: /),
      }),
    ],
    [
      "of a result that is too large",
      "exports.handler = async () => 'x'.repeat(6291457)",
      4004,
      error("response body size 6291457 exceeds the limit of 6291456"),
    ],
    [
      "of a process that ends",
      "exports.handler = async () => process.exit(0)",
      4204,
      error("runtime process is exited"),
    ],
    [
      "that nobody caught",
      "exports.handler = () => { setTimeout(() => { throw new Error('late') }) }",
      4204,
      error("runtime process is exited"),
    ],
    [
      "of a promise that nobody watches",
      "exports.handler = (e, c, done) => { Promise.reject(new Error('lost')) }",
      4204,
      error("runtime process is exited"),
    ],
  ])("%s", async (_what, code, number, payload) => {
    expect(await outcome(code)).toEqual([number, payload]);
  });

  test.each([
    ["toString", "exports.handler = 1"],
    ["constructor", "exports.handler = 1"],
    ["hasOwnProperty", "module.exports = class {}"],
    ["bind", "module.exports = async () => 1"],
    ["constructor", "class Service {} module.exports = new Service()"],
  ])("of a method that every object has: %s of %s", async (method, code) => {
    expect(await outcome(code, {}, { handler: `index.${method}` })).toEqual([
      4001,
      error(
        `function entry exception, error: handler '${method}' not found in module './index.js'`,
        "FunctionConfigError",
      ),
    ]);
  });

  test("of a missing module of its own names the function's files that want it, and no other ones", async () => {
    const [, object] = await outcome({
      "index.js": "require('./part')",
      "part.js": "exports.root = require('nowhere')",
    });
    // The test's runner gives each instance a folder of its own.
    const message = String(Object(object).errorMessage).replaceAll(/- .*(?=\/code\/)/g, "- …");
    expect(message).toBe(
      "function invocation exception, error: Cannot find module 'nowhere'\nRequire stack:\n- …/code/part.js\n- …/code/index.js",
    );
  });

  test("of a module that no file of the function wants has no list of them", async () => {
    const [, object] = await outcome("exports.handler = async () => require.main.require('nowhere')");
    expect(object).toMatchObject({
      errorMessage: "function invocation exception, error: Cannot find module 'nowhere'",
    });
  });

  test("of a file that is not there", async () => {
    expect(await outcome("exports.handler = 1", {}, { handler: "other.handler" })).toEqual([
      4001,
      error("function entry exception, error: not found module './other.js'", "FunctionLoadError"),
    ]);
  });

  test("has a trace with paths from the code's folder on, without the runner's own lines", async () => {
    const [, payload] = await outcome({
      "lib/a.js": "exports.a = () => { throw new Error('deep') }",
      "index.js": "exports.handler = async () => require('./lib/a').a()",
    });
    // An object, as the error's is.
    const { stackTrace } = payload as { stackTrace: string[] };
    expect(stackTrace[0]).toBe("at exports.a (./lib/a.js:1:27)");
    expect(stackTrace.join()).not.toContain("runner");
  });
});

describe("an instance", () => {
  test("is used again, and has run its initializer once", async () => {
    const spec = await functions.add(
      "let n = 0; exports.init = (context, done) => { n += 10; done(null, '') }; exports.handler = async () => ++n",
      { initializer: { handler: "index.init", timeout: 3 } },
    );
    const [first, second] = [await functions.call(spec), await functions.call(spec)];
    expect([first.text, first.cold, second.text, second.cold]).toEqual(["11", true, "12", false]);
  });

  test.each([
    [
      "fails",
      "exports.init = () => { throw new Error('no') }",
      4009,
      "function initialization exception, error: no",
      10,
    ],
    [
      "takes too long",
      "exports.init = (context, done) => {}",
      4211,
      "runtime initialization timed out after 0.2s",
      0.2,
    ],
  ])(
    "whose initializer %s is tried three times, and fails the call",
    async (_what, init, code, message, timeout) => {
      const spec = await functions.add(`console.log('loaded'); ${init}; exports.handler = async () => 1`, {
        initializer: { handler: "index.init", timeout },
      });
      const called = await functions.call(spec);
      expect(called).toMatchObject({ code, value: { errorMessage: message } });
      expect(called.log.split("\n")[1]).toBe("loaded");
    },
  );

  test("that works for too long is ended with all that it started, and replaced", async () => {
    const spec = await functions.add(
      `const { spawn } = require("child_process");
      exports.handler = async ({ loop }) => {
        if (!loop) return "well again";
        const started = [false, true].map((detached) => spawn("sleep", ["100"], { detached, stdio: "ignore" }));
        require("fs").writeSync(1, "started " + started.map(({ pid }) => pid).join(" ") + "\\n");
        for (;;);
      }`,
      { timeout: 0.3 },
    );
    const late = await functions.call(spec, { loop: true });
    expect([late.code, late.value]).toEqual([4010, { errorMessage: "call invoke timeout 0.3s" }]);
    const [, ...started] = /^started (\d+) (\d+)$/m.exec(late.log) ?? [];
    expect(started).toHaveLength(2);
    const linux = process.platform === "linux";
    await expect.poll(() => started.filter((pid) => linux && isAlive(Number(pid)))).toEqual([]);
    expect(await functions.call(spec)).toMatchObject({ code: 0, text: "well again", cold: true });
  });

  test("that is told to stop ends its call", async () => {
    const spec = await functions.add("exports.handler = () => new Promise(() => {})");
    const controller = new AbortController();
    const call = functions.call(spec, {}, controller.signal);
    await expect.poll(() => functions.runner.instances().find((one) => one.spec === spec)?.busy).toBe(1);
    controller.abort();
    expect(await call).toMatchObject({ code: 4208, value: { errorMessage: "function invocation canceled" } });
  });

  test("lets its pre-stop method run before it ends", async () => {
    const { clock } = functions;
    const spec = await functions.add(
      "const fs = require('fs'); exports.stop = (context, done) => { fs.writeFileSync(process.env.TMPDIR + '/../../../stopped', 'yes'); done() }; exports.handler = async () => process.env.TMPDIR",
      { preStop: { handler: "index.stop", timeout: 3 } },
    );
    const { text } = await functions.call(spec);
    clock.advance(61_000);
    clock.advance(61_000);
    await expect.poll(() => functions.runner.instances().some((one) => one.spec === spec)).toBe(false);
    expect(readFileSync(join(text, "../../../stopped"), "utf8")).toBe("yes");
  });
});

describe("the log of a call", () => {
  test("has what was printed to both streams in its order, between the lines of start and end", async () => {
    const spec = await functions.add(
      "exports.handler = async () => { console.log('one'); console.error('two'); console.log('three') }",
    );
    const { log, requestId } = await functions.call(spec);
    const now = `${functions.clock.now().toISOString().slice(0, 19)}Z`;
    expect(log.split("\n")).toEqual([
      `${now} Start invoke request '${requestId}', version: latest`,
      "one",
      "two",
      "three",
      "",
      expect.stringMatching(
        /^2026-03-02T10:0\d:0\dZ Finish invoke request 'request-\d+', duration: \d+\.\d{3}ms, billing duration: \d+ms, memory used: \d+\.\d{3}MB, billing memory: 256MB$/,
      ),
    ]);
  });

  test("is whole when there are 20,000 lines, and holds nothing of the next call", async () => {
    const spec = await functions.add(
      "exports.handler = async ({ n }) => { for (let i = 0; i < n; i++) console.log('line ' + i) }",
    );
    const long = await functions.call(spec, { n: 20_000 });
    expect(long.log.split("\n").filter((line) => line.startsWith("line "))).toHaveLength(20_000);
    expect((await functions.call(spec, { n: 1 })).log.split("\n").slice(1, -2)).toEqual(["line 0"]);
  });

  test("says that a call failed, and why if its memory did", async () => {
    const spec = await functions.add("exports.handler = async () => { throw new Error('x') }");
    expect((await functions.call(spec)).log).toMatch(
      /Finish invoke request 'request-\d+'\(invoke Failed\), duration/,
    );
  });

  test("has lines of the context's logger with time, request and level", async () => {
    const spec = await functions.add(
      "exports.handler = async (event, context) => { const log = context.getLogger(); log.debug('no'); log.info('a', { b: 1 }); log.setLevel('ERROR'); log.warn('no'); log.error('e') }",
    );
    const { log, requestId } = await functions.call(spec);
    expect(log.split("\n").slice(1, 3)).toEqual([
      expect.stringMatching(
        new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ ${requestId} INFO a { b: 1 }$`),
      ),
      expect.stringMatching(new RegExp(` ${requestId} ERROR e$`)),
    ]);
  });
});

test("answers of calls that came together arrive, even if the function ends its process right after them", async () => {
  const spec = await functions.add(
    `const leave = async () => { for (let turn = 0; turn < 20; turn++) await null; process.exit(0); };
    exports.handler = async ({ end }) => { if (end) leave(); return 'answer'; }`,
    { concurrency: 3 },
  );
  await functions.call(spec);
  const called = await Promise.all([1, 2, 3].map((n) => functions.call(spec, { end: n === 3 })));
  expect(called.map(({ code, text }) => [code, text])).toEqual(Array(3).fill([0, "answer"]));
});

test("the context tells what the service's does, in its types", async () => {
  const spec = await functions.add(
    `exports.handler = async (event, context) => Object.fromEntries(Object.getOwnPropertyNames(Object.getPrototypeOf(context))
      .filter((name) => name.startsWith('get') && name !== 'getLogger' && name !== 'getRemainingTimeInMilliSeconds')
      .map((name) => [name, name === 'getUserData' ? context[name]('greeting') : context[name]()])
      .concat([['left', context.getRemainingTimeInMilliSeconds() <= 5000], ['none', context.getUserData('none') === undefined]]))`,
    {
      timeout: 5,
      memoryMb: 256,
      cpu: 400,
      userData: { greeting: "hello" },
      hasAgency: true,
      name: "context",
    },
  );
  const { value, requestId } = await functions.call(spec);
  expect(value).toEqual({
    getRequestID: requestId,
    getAccessKey: "EXAMPLEACCESSKEY0001",
    getSecretKey: "example-secret-key",
    getSecurityAccessKey: "EXAMPLETEMPORARYKEY1",
    getSecuritySecretKey: "example-temporary-secret-key",
    getSecurityToken: "example-security-token",
    getToken: "example-token",
    getUserData: "hello",
    getFunctionName: "context",
    getRunningTimeInSeconds: 5000,
    getVersion: "latest",
    getMemorySize: "256",
    getCPUNumber: "400",
    getPackage: "default",
    getProjectID: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    getAlias: "",
    getWorkflowID: "",
    getWorkflowRunID: "",
    getWorkflowStateID: "",
    left: true,
    none: true,
  });
});

test("the context has the properties of the published library, too", async () => {
  const spec = await functions.add(
    "exports.handler = async (event, context) => ({ ...context, logger: context.logger === context.getLogger(), startTime: Date.now() - context.startTime < 5000 })",
    { timeout: 5, userData: { greeting: "hello" }, name: "properties" },
  );
  const { value, requestId } = await functions.call(spec);
  expect(value).toEqual({
    functionName: "properties",
    package: "default",
    projectID: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    functionVersion: "latest",
    memory: "256",
    cpu: "400",
    userData: { greeting: "hello" },
    timeout: 5000,
    startTime: true,
    requestID: requestId,
    accessKey: "",
    secretKey: "",
    securityAccessKey: "",
    securitySecretKey: "",
    securityToken: "",
    authToken: "",
    logger: true,
    invokeID: requestId,
    traceID: requestId,
    invokeProperty: null,
    fromTask: false,
    instanceID: null,
    state: null,
    alias: "",
    workflowID: "",
    workflowRunID: "",
    workflowStateID: "",
  });
});

test("the environment is the function's own and nothing of the emulator's", async () => {
  const spec = await functions.add("exports.handler = async () => process.env", {
    userData: { greeting: "hello" },
    name: "environment",
  });
  const { value } = await functions.call(spec);
  expect(value).toMatchObject({
    greeting: "hello",
    RUNTIME_USERDATA: '{"greeting":"hello"}',
    RUNTIME_FUNC_NAME: "environment",
    RUNTIME_TIMEOUT: "10",
    RUNTIME_MEMORY: "256",
    RUNTIME_CPU: "400",
  });
  expect(Object.keys(value as object)).not.toContain("NODE_ENV");
});

test("modules are also looked for in the folders of NODE_PATH", async () => {
  const files = {
    "index.js": "exports.handler = async () => require('shared')",
    "libs/shared.js": "module.exports = 'shared'",
  };
  // From the folder on in which functions start.
  const spec = await functions.add(files, { userData: { NODE_PATH: "nowhere:code/libs" } });
  expect((await functions.call(spec)).text).toBe("shared");
});

test("a dependency lies where the function finds it, under its own files", async () => {
  const dependency = await functions.add({
    "node_modules/shared/index.js": "module.exports = 'shared'",
    "index.js": "exports.handler = async () => 'of the dependency'",
  });
  const spec = await functions.add(
    { "index.js": "exports.handler = async () => require('shared')" },
    { dependencies: [dependency.code.digest ?? ""] },
  );
  expect((await functions.call(spec)).text).toBe("shared");
});

test("calls that overlap in one instance each get their own answer", async () => {
  const spec = await functions.add(
    "let most = 0, now = 0; exports.handler = async ({ n }, context) => { most = Math.max(most, ++now); await new Promise((go) => setTimeout(go, 30)); now--; return [n, context.getRequestID(), most] }",
    { concurrency: 4, maxInstances: 1 },
  );
  const calls = await Promise.all([1, 2, 3, 4].map((n) => functions.call(spec, { n })));
  expect(calls.map(({ value, requestId }) => [value, requestId])).toEqual(
    calls.map(({ requestId }, index) => [[index + 1, requestId, expect.any(Number)], requestId]),
  );
  expect((await functions.call(spec, { n: 5 })).value).toEqual([5, expect.any(String), 4]);
});
