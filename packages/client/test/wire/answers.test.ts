import { inspect } from "node:util";
import { expect, test } from "vitest";
import { FunctionGraphError } from "../../src/index.ts";
import { type Behaviour, keys } from "../support/gateway.ts";
import { withGateway } from "../support/with-gateway.ts";

async function errorOf(behaviour: Behaviour): Promise<FunctionGraphError> {
  const { fg } = await withGateway([behaviour], { maxRetries: 0 });
  const error: unknown = await fg.listFunctions().catch((error: unknown) => error);
  if (error instanceof FunctionGraphError) return error;
  throw new Error("There was no such error.", { cause: error });
}

test.each<[string, Behaviour, Partial<FunctionGraphError>, string]>([
  [
    "the service's error",
    { status: 404, body: { error_code: "FSS.1051", error_msg: "Not found the function" } },
    { code: "FSS.1051", requestId: "request-1" },
    "404 FSS.1051 Not found the function",
  ],
  [
    "the gateway's error",
    { status: 429, body: { error_code: "APIGW.0308", error_msg: "Slow down", request_id: "r-2" } },
    { code: "APIGW.0308", requestId: "r-2", retryable: true },
    "429 APIGW.0308 Slow down",
  ],
  [
    "IAM's error",
    { status: 404, body: { error: { code: 404, message: "No project", title: "Not Found" } } },
    { code: "404" },
    "404 404 No project",
  ],
  [
    "the engine's error",
    { status: 500, body: { code: 150424, message: { text: "gone" } } },
    { code: "150424" },
    '500 150424 {"text":"gone"}',
  ],
  [
    "HTML",
    { status: 502, body: "<html>Bad Gateway</html>" },
    { code: undefined, text: "<html>Bad Gateway</html>" },
    "502 HTML in place of JSON",
  ],
  [
    "HTML on success",
    { body: " <!doctype html>" },
    { status: 200, text: " <!doctype html>", retryable: false },
    "200 HTML in place of JSON",
  ],
  ["nothing", { status: 500, body: "" }, { text: "", retryable: true }, "500 an empty body in place of JSON"],
  ["nothing on success", { body: "" }, { status: 200, text: "" }, "200 an empty body in place of JSON"],
  [
    "truncated JSON",
    { body: '{"functions":[{"func_na' },
    { status: 200, text: '{"functions":[{"func_na' },
    "200 malformed or truncated JSON in place of JSON",
  ],
  [
    "plain text",
    { status: 503, body: "upstream connect error" },
    { text: "upstream connect error" },
    "503 plain text in place of JSON",
  ],
  [
    "an error that is no object",
    { status: 400, body: "[null]" },
    { status: 400, text: "[null]" },
    "400 malformed or truncated JSON in place of JSON",
  ],
])("%s becomes an error that says so, with the text kept", async (_what, behaviour, want, message) => {
  const error = await errorOf(behaviour);
  expect(error).toMatchObject(want);
  expect(error.message).toMatch(/^GET \/v2\/.*\/fgs\/functions: /);
  expect(error.message.split(": ").slice(1).join(": ")).toBe(message);
  expect(error.operation).toBe("listFunctions");
  expect(error.response?.status).toBe(error.status);
});

test("a body that ends too early is an error of its status", async () => {
  const error = await errorOf({ body: { functions: [] }, cut: "body" });
  expect(error).toMatchObject({ status: 200, retryable: true });
  expect(error.message).toContain("200, but the answer was cut short");
});

test("the remedy comes from the catalogue, on demand", async () => {
  expect(
    await (await errorOf({ status: 404, body: { error_code: "FSS.1051", error_msg: "" } })).remedy(),
  ).toMatch(/\w+/);
  expect(
    await (await errorOf({ status: 404, body: { error_code: "NEW.1", error_msg: "" } })).remedy(),
  ).toBeUndefined();
  expect(await (await errorOf({ status: 404, body: "" })).remedy()).toBeUndefined();
});

test("what the gateway repeats of the request's secrets is in no part of the error", async () => {
  const securityToken = "temporary-token-of-mine";
  const { fg } = await withGateway(
    [
      {
        status: 400,
        body: {
          error_code: "X.1",
          error_msg: `headers: x-security-token:${securityToken} key:${keys.secretKey}`,
        },
      },
    ],
    { credentials: { ...keys, securityToken } },
  );
  const error: unknown = await fg.listFunctions().catch((error: unknown) => error);
  if (!(error instanceof FunctionGraphError)) throw error;
  for (const text of [
    error.message,
    error.text,
    error.stack,
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
  ]) {
    expect(text).not.toContain(securityToken);
    expect(text).not.toContain(keys.secretKey);
    expect(text).toContain("***");
  }
});

test("an inspected error shows its fields and not what hangs on it", async () => {
  const error = await errorOf({
    status: 404,
    body: { error_code: "FSS.1051", error_msg: "No", secret: "in the answer" },
  });
  expect(inspect(error)).toMatch(/^FunctionGraphError: GET .*404 FSS.1051 No\n/);
  expect(inspect(error)).toContain('"requestId":"request-1"');
  expect(inspect({ error })).not.toContain("in the answer");
});

test("exported code is bytes", async () => {
  const bytes = new Uint8Array([80, 75, 3, 4, 0, 255]);
  const { fg } = await withGateway([{ body: bytes }]);
  expect(await fg.exportFunction({ path: { function_urn: "hello" } })).toEqual(bytes);
});

test("an operation without an answer resolves to undefined, whatever comes", async () => {
  const { fg } = await withGateway([{ status: 204, body: "" }, { body: "done" }]);
  expect(await fg.deleteFunction({ path: { function_urn: "hello" } })).toBeUndefined();
  expect(await fg.deleteFunction({ path: { function_urn: "hello" } })).toBeUndefined();
});

test("null is an answer", async () => {
  const { fg } = await withGateway([{ body: "null" }]);
  expect(
    await fg.cancelAsyncInvocation({
      path: { function_urn: "hello" },
      body: { request_id: "r", type: "force" },
    }),
  ).toBeNull();
});
