import { describe, expect, it } from "vitest";
import { at, type Called, setting } from "../../../test/support/gateway-calls.ts";
import { ada } from "../../../test/support/local-app.ts";
import type { Answer } from "../../../test/support/trigger-server.ts";

describe("the answer to a call", () => {
  const malformed = (raw: string): string =>
    `invalid type of APIG trigger invocation result:[${raw}], type format must be: {"statusCode":200,"isBase64Encoded":false,"headers":{},"body":""}`;
  const missing = "'statusCode' of APIG trigger invocation result not specified, statusCode can not be 0";

  async function answered(answer: Answer, method = "GET"): Promise<Called> {
    const { app, api, call } = await setting();
    app.answer = () => answer;
    await api();
    return call(at("/hello-orders"), { method });
  }

  it("is what the function says", async () => {
    const { status, headers, text } = await answered(
      '{"statusCode":201,"headers":{"Content-Type":"text/html; charset=utf-8","X-Count":7,"X-None":null},"body":"<p>é</p>","isBase64Encoded":false}',
    );
    expect([status, headers["content-type"], headers["x-count"], text]).toEqual([
      201,
      "text/html; charset=utf-8",
      "7",
      "<p>é</p>",
    ]);
    expect(headers).not.toHaveProperty("x-none");
    expect(headers).not.toHaveProperty("access-control-allow-origin");
  });

  it("is decoded from Base64", async () => {
    const bytes = Buffer.from([0x89, 0x50, 0, 0xff]);
    const { body, headers } = await answered(
      JSON.stringify({ statusCode: 200, isBase64Encoded: true, body: bytes.toString("base64") }),
    );
    expect(body.equals(bytes)).toBe(true);
    expect(headers["content-length"]).toBe("4");
  });

  it("keeps the values of a header apart, and leaves out what concerns the connection", async () => {
    const { headers } = await answered(
      JSON.stringify({
        statusCode: 302,
        headers: {
          "Set-Cookie": ["a=1; Path=/", "b=2"],
          "set-cookie": "c=3",
          "Content-Type": ["text/plain"],
          Location: "/o\u00e9",
          "Transfer-Encoding": "chunked",
          "Content-Length": "999",
          "Keep-Alive": "timeout=1",
        },
        body: "moved",
      }),
    );
    expect(headers["set-cookie"]).toEqual(["a=1; Path=/", "b=2", "c=3"]);
    expect(headers["content-type"]).toBe("text/plain");
    expect(Buffer.from(headers.location ?? "", "latin1").toString()).toBe("/oé");
    expect(headers["content-length"]).toBe("5");
    expect(headers["transfer-encoding"]).toBeUndefined();
  });

  it.each([
    ["204", '{"statusCode":204,"body":"x"}', "GET", 204],
    ["304", '{"statusCode":304,"body":"x","headers":null,"isBase64Encoded":null}', "GET", 304],
    ["HEAD", '{"statusCode":200,"body":"x"}', "HEAD", 200],
  ])("to %s has no body", async (_, result, method, want) => {
    const { status, text } = await answered(result, method);
    expect([status, text]).toEqual([want, ""]);
  });

  it.each([
    ["a text", "Hello", malformed("Hello")],
    ["a JSON text", '"Hello"', malformed('"Hello"')],
    ["nothing", "", malformed("")],
    ["null", "null", malformed("null")],
    ["a list", "[1]", malformed("[1]")],
    ["no status", '{"body":"x"}', missing],
    ["the status 0", '{"statusCode":0}', missing],
    ["a status that is a text", '{"statusCode":"200"}', malformed('{"statusCode":"200"}')],
    ["a status that does not exist", '{"statusCode":700}', "from 200 to 599 and is 700"],
    ["a body that is an object", '{"statusCode":200,"body":{}}', malformed('{"statusCode":200,"body":{}}')],
    [
      "headers that are a text",
      '{"statusCode":200,"headers":"a"}',
      malformed('{"statusCode":200,"headers":"a"}'),
    ],
    [
      "a header with a line break",
      '{"statusCode":200,"headers":{"A":"b\\r\\nSet-Cookie: c"}}',
      '"A" has a line break',
    ],
    [
      "a header with a wrong name",
      '{"statusCode":200,"headers":{"a b":"c"}}',
      '"a b" has a name that HTTP does not allow',
    ],
    [
      "a header that is an object",
      '{"statusCode":200,"headers":{"a":{}}}',
      '"a" must be a text or a list of texts',
    ],
    ["no Base64", '{"statusCode":200,"body":"!","isBase64Encoded":true}', "is not Base64"],
  ])("is 500 with FSS.1206 when the function returns %s", async (_, result, message) => {
    const { status, headers, text } = await answered(result);
    expect([status, JSON.parse(text)]).toEqual([
      500,
      {
        error_code: "FSS.1206",
        error_msg: expect.stringContaining(message),
        request_id: headers["x-request-id"],
      },
    ]);
  });

  it.each([
    [
      "throws",
      '{"errorMessage":"function invocation exception, error: oh","errorType":"Error"}',
      "function invocation exception, error: oh",
    ],
    ["ends with a text", "oh", "oh"],
  ])("is 500 with its message when the function %s", async (_, payload, message) => {
    const { status, text } = await answered({ code: 4002, payload });
    expect([status, JSON.parse(text)]).toMatchObject([500, { error_code: "FSS.0500", error_msg: message }]);
  });

  it("is the refusal when the function must not run", async () => {
    const { app, api, call } = await setting();
    await api();
    app.store.write((tx) => {
      const key = "default:hello-orders:latest";
      const version = tx.get<{ config: object }>({ name: "version" }, ada.projectId, key);
      const config = { ...version?.config, strategy_config: { concurrency: 0 } };
      tx.put({ name: "version" }, ada.projectId, key, { ...version, config });
    });
    const { status, text } = await call(at("/hello-orders"));
    expect([status, JSON.parse(text)]).toMatchObject([429, { error_code: "FSS.0429" }]);
  });
});
