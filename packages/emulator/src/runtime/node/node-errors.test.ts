import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningFunctions, runFunctions } from "../../../test/support/running-functions.ts";

let functions: RunningFunctions;
beforeAll(async () => {
  functions = await runFunctions();
});
afterAll(() => functions.close());

/** What a function ends with: its code, and its result or error object. */
async function outcome(code: string, settings = {}): Promise<[number, unknown]> {
  const called = await functions.call(await functions.add(code, { timeout: 3, ...settings }));
  return [called.code, called.value ?? called.text];
}

const handler = (body: string): string => `exports.handler = async (event, context) => { ${body} }`;
const callback = (body: string): string => `exports.handler = (event, context, done) => { ${body} }`;
const failed = (errorMessage: unknown, errorType: string): unknown =>
  expect.objectContaining({ errorMessage, errorType });

describe("what cannot be looked at without an error of its own, such as", () => {
  test.each<[string, string, number, unknown]>([
    [
      "a result whose toJSON throws null",
      handler("return { toJSON() { throw null } }"),
      4007,
      failed("function result is invalid, error: null", "object"),
    ],
    [
      "a symbol as message",
      handler("const e = new Error('m'); e.message = Symbol('q'); throw e"),
      4002,
      failed("function invocation exception, error: Symbol(q)", "Error"),
    ],
    [
      "a stack that throws",
      handler("throw Object.defineProperty(new Error('m'), 'stack', { get() { throw new Error('x') } })"),
      4002,
      failed("function invocation exception, error: m", "Error"),
    ],
    [
      "a revoked proxy",
      handler("const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy"),
      4002,
      failed("function invocation exception, error: <Revoked Proxy>", "object"),
    ],
    [
      "an object without a prototype",
      handler("const e = Object.create(null); e.self = e; throw e"),
      4002,
      failed(expect.stringContaining("[Object: null prototype]"), "object"),
    ],
    [
      "a late circular object for the callback",
      callback("const a = {}; a.a = a; setTimeout(() => done(a), 5)"),
      4007,
      failed(expect.stringContaining("circular"), "TypeError"),
    ],
    ["a function for the callback", callback("done(() => 1)"), 4001, "() => 1"],
    [
      "a frozen error",
      handler("throw Object.freeze(new Error('m'))"),
      4002,
      failed(expect.any(String), "Error"),
    ],
  ])("%s, fails the call only", async (_what, code, number, payload) => {
    const spec = await functions.add(code, { timeout: 3 });
    const called = await functions.call(spec);
    expect([called.code, called.value ?? called.text]).toEqual([number, payload]);
    expect((await functions.call(spec)).cold).toBe(false);
  });
});

test("properties of an error are the function's own, whatever their names", async () => {
  const code = handler("throw Object.assign(new Error('m'), { functionCode: 12, functionPhase: 'zz' })");
  expect(await outcome(code)).toEqual([4002, failed("function invocation exception, error: m", "Error")]);
});

test("a long message is cut, so that the error fits into an answer", async () => {
  const called = await functions.call(await functions.add(handler("throw new Error('x'.repeat(2e7))")));
  expect(called.code).toBe(4002);
  expect(called.text.length).toBeLessThan(300_000);
});

test("an error text that is longer than answers may be is none", async () => {
  expect(await outcome(callback("done('x'.repeat(8e6))"))).toEqual([
    4004,
    failed("response body size 8000000 exceeds the limit of 6291456", "FunctionResponseTooLarge"),
  ]);
});

test("lines of a message are no frames", async () => {
  const [, payload] = await outcome(
    "exports.handler = async () => {\n throw new Error('one\\nat two\\n    at fake (x)') }",
  );
  // An object, as the error's is.
  const { stackTrace } = payload as { stackTrace: string[] };
  expect(stackTrace[0]).toBe("at exports.handler (./index.js:2:8)");
});

test("using up the descriptors is the function's own affair", async () => {
  const spec = await functions.add(
    handler(`const fs = require('fs'); const open = [];
      try { for (;;) open.push(fs.openSync('/dev/null')) } catch (error) { return error.code }`),
  );
  expect(await functions.call(spec)).toMatchObject({ code: 0, text: "EMFILE" });
  expect(await functions.call(spec)).toMatchObject({ code: 0, cold: false });
});

describe("while it is loaded, a module", () => {
  test.each<[string, string, number, unknown]>([
    [
      "that exports null has no handler",
      "module.exports = null",
      4001,
      failed(
        "function entry exception, error: handler 'handler' not found in module './index.js'",
        "FunctionConfigError",
      ),
    ],
    ["may throw null", "throw null", 4002, failed("function invocation exception, error: null", "object")],
  ])("%s", async (_what, code, number, payload) => {
    expect(await outcome(code)).toEqual([number, payload]);
  });
});

describe("an initializer", () => {
  const initializer = { handler: "index.init", timeout: 3 };
  const phase = "function initialization exception, error: ";

  test.each<[string, string, unknown]>([
    [
      "that is missing",
      "",
      failed(`${phase}initializer 'init' not found in module './index.js'`, "FunctionConfigError"),
    ],
    [
      "that calls back with a text",
      "exports.init = (c, done) => done('no database')",
      failed(`${phase}no database`, "string"),
    ],
    ["that throws null", "exports.init = async () => { throw null }", failed(`${phase}null`, "object")],
    [
      "that throws an object",
      "exports.init = async () => { throw { code: 'E1' } }",
      failed(`${phase}{"code":"E1"}`, "object"),
    ],
    [
      "that throws a frozen error",
      "exports.init = async () => { throw Object.freeze(new Error('no')) }",
      failed(`${phase}no`, "Error"),
    ],
  ])("%s fails with 4009", async (_what, init, payload) => {
    expect(await outcome(`${handler("return 1")}; ${init}`, { initializer })).toEqual([4009, payload]);
  });

  test("gets the keys of the agency", async () => {
    const code = `let keys; exports.init = async (c) => { keys = [c.getSecurityAccessKey(), c.getToken()] }; ${handler("return keys")}`;
    expect(await outcome(code, { initializer, hasAgency: true })).toEqual([
      0,
      ["EXAMPLETEMPORARYKEY1", "example-token"],
    ]);
  });
});

test("a pre-stop method that is missing fails no call", async () => {
  expect(await outcome(handler("return 1"), { preStop: { handler: "index.stop", timeout: 3 } })).toEqual([
    0, 1,
  ]);
});

describe("the context's logger", () => {
  const lines = async (body: string): Promise<string[]> => {
    const { log, requestId } = await functions.call(
      await functions.add(handler(`const log = context.getLogger(); ${body}`)),
    );
    return log
      .split("\n")
      .slice(1, -2)
      .map((line) => line.split(`${requestId} INFO `)[1] ?? line);
  };

  test("formats like console.log, and fails with nothing that it is given", async () => {
    const [number, circular, big, failing, error] = await lines(`const a = {}; a.a = a;
      log.info('n=%d', 5); log.info('x', a); log.info(10n);
      log.info({ [Symbol.for('nodejs.util.inspect.custom')]() { throw null } });
      log.info('failed:', new Error('boom'))`);
    expect([number, circular, big]).toEqual(["n=5", "x <ref *1> { a: [Circular *1] }", "10n"]);
    expect(failing).toBe("[a value that cannot be shown]");
    expect(error).toBe("failed: Error: boom");
  });

  test("writes what is longer than 90 KiB in several lines", async () => {
    const written = await lines("log.info('x'.repeat(200000))");
    expect(written.map((line) => line.length)).toEqual([92160, 92160, 15680]);
  });
});
