import { expect, test } from "vitest";
import { FunctionError, FunctionGraphError } from "../../src/index.ts";
import type { Behaviour } from "../support/gateway.ts";
import { withGateway } from "../support/with-gateway.ts";

const call = { path: { function_urn: "hello" }, body: { name: "Ada" } };
const run = { "x-cff-request-id": "run-1", "x-func-err-code": "0", "x-is-func-err": "false" };
const crash = {
  errorMessage: "function invocation exception, error: boom",
  errorType: "TypeError",
  stackTrace: ["at a (index.js:1)", "at b"],
};
const envelope = (result: unknown, status = 200, log = "line 1\nline 2"): object => ({
  request_id: "run-1",
  result: typeof result === "string" ? result : JSON.stringify(result),
  log,
  status,
});
const v0 = { ...call, header: { "X-CFF-Request-Version": "v0" } } as const;

test("a run is asked for as an envelope with its log, unless the caller says otherwise", async () => {
  const { fg, gateway } = await withGateway([{ headers: run, body: envelope({}) }]);
  await fg.invokeFunction(call);
  expect(gateway.received[0]?.headers).toMatchObject({
    "x-cff-request-version": "v1",
    "x-cff-log-type": "tail",
  });
  await fg.invokeFunction(v0);
  expect(gateway.received[1]?.headers).toMatchObject({ "x-cff-request-version": "v0" });
});

test("the envelope gives result, text, log, request and summary", async () => {
  const headers = {
    ...run,
    "x-cff-invoke-summary": '{"duration":3.4,"billingDuration":4}',
    "x-cff-billing-duration": "4",
  };
  const { fg } = await withGateway([{ headers, body: envelope({ greeting: "Hello, Ada!" }) }]);
  expect(await fg.invokeFunction<{ greeting: string }>(call)).toEqual({
    result: { greeting: "Hello, Ada!" },
    text: '{"greeting":"Hello, Ada!"}',
    log: "line 1\nline 2",
    requestId: "run-1",
    summary: { duration: 3.4, billingDuration: 4 },
    billingDuration: 4,
  });
});

test.each<[string, string, unknown]>([
  ["text", "good morning", "good morning"],
  ["JSON", "[1]", [1]],
  ["null", "null", null],
  ["nothing", "", ""],
])("a result that is %s is given as it is, in v0 and in v1", async (_what, text, result) => {
  const { fg } = await withGateway([
    { headers: run, body: envelope(text, 200, "") },
    { headers: run, body: text },
  ]);
  expect(await fg.invokeFunction(call)).toMatchObject({
    result,
    text,
    log: "",
    requestId: "run-1",
    summary: undefined,
  });
  expect(await fg.invokeFunction(v0)).toMatchObject({ result, text });
});

test("in v0 a result that looks like an envelope is a result", async () => {
  const { fg } = await withGateway([{ headers: run, body: envelope("inner") }]);
  expect((await fg.invokeFunction(v0)).result).toEqual(envelope("inner"));
});

test("a log in the header is decoded as UTF-8", async () => {
  const header = (text: string): Behaviour => ({
    headers: { ...run, "x-cff-function-log": text },
    body: "ok",
  });
  const { fg } = await withGateway([
    header(Buffer.from("größer 函数\n").toString("base64")),
    header("not Base64!"),
  ]);
  expect((await fg.invokeFunction(v0)).log).toBe("größer 函数\n");
  expect((await fg.invokeFunction(v0)).log).toBe("");
});

const failedRun = { ...run, "x-func-err-code": "4002", "x-is-func-err": "true" };
test.each<[string, Behaviour, object]>([
  [
    "v1",
    { status: 500, headers: failedRun, body: envelope(crash, 500) },
    { code: 4002, status: 500, log: "line 1\nline 2" },
  ],
  [
    "v1 with status 200",
    { status: 200, headers: failedRun, body: envelope(crash, 500) },
    { code: 4002, status: 200 },
  ],
  ["v1 without headers", { status: 500, body: envelope(crash, 500) }, { code: undefined }],
  ["v0", { status: 500, headers: failedRun, body: crash }, { code: 4002, requestId: "run-1" }],
  ["v0 without headers", { status: 500, body: crash }, { code: undefined }],
])("a failure of the function is a FunctionError: %s", async (form, behaviour, want) => {
  const { fg, gateway } = await withGateway([behaviour]);
  const error = await fg.invokeFunction(form.startsWith("v0") ? v0 : call).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(FunctionError);
  expect(error).toMatchObject({
    name: "FunctionError",
    errorType: "TypeError",
    errorMessage: crash.errorMessage,
    stackTrace: "at a (index.js:1)\nat b",
    ...want,
  });
  expect(String(error)).toBe(
    `FunctionError: invokeFunction: the function failed: TypeError: ${crash.errorMessage}`,
  );
  expect(gateway.received).toHaveLength(1);
});

test("a function may fail with a text of its own", async () => {
  const { fg } = await withGateway([
    { status: 500, headers: failedRun, body: "The order has no customer." },
    { status: 500, headers: failedRun, body: envelope('"The order has no customer."', 500) },
  ]);
  const want = { errorMessage: "The order has no customer.", errorType: undefined, stackTrace: "" };
  await expect(fg.invokeFunction(v0)).rejects.toMatchObject(want);
  await expect(fg.invokeFunction(call)).rejects.toMatchObject(want);
});

test.each<[string, Behaviour]>([
  [
    "an unknown function",
    { status: 404, body: { error_code: "FSS.1051", error_msg: "Not found the function" } },
  ],
  [
    "an error of the service that carries a run's headers",
    { status: 500, headers: failedRun, body: { error_code: "FSS.0500", error_msg: "Inner" } },
  ],
  ["a gateway that gave up", { status: 504, body: "<html>" }],
])("%s is a FunctionGraphError", async (_what, behaviour) => {
  const { fg, gateway } = await withGateway([behaviour]);
  await expect(fg.invokeFunction(call)).rejects.toThrow(FunctionGraphError);
  expect(gateway.received).toHaveLength(1);
});
