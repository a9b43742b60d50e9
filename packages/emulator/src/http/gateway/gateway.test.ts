import { createHash } from "node:crypto";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { ada, addLocalAlias, addLocalFunction, addLocalVersion } from "../../../test/support/local-app.ts";
import { triggerCalls } from "../../../test/support/trigger-calls.ts";
import {
  type Answer,
  type TriggerApp,
  type TriggerServer,
  triggerApp,
  triggerServer,
} from "../../../test/support/trigger-server.ts";
import { triggerSettings } from "../../../test/support/trigger-settings.ts";
import type { EmulatorOptions } from "../../options.ts";
import { canonicalRequest, signatureOf } from "../authentication/sdk-signature.ts";

const running: TriggerServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

const group = "d4e5f60718293a4b5c6d7e8f901a2b3c";
const urn = `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders`;

interface Setting {
  readonly app: TriggerApp;
  readonly server: TriggerServer;
  /** Makes an API that differs from `/hello-orders`, prefix match, any method, no authentication. */
  api(data?: object, type?: string): Promise<string>;
  call(path: string, options?: CallOptions): Promise<Called>;
}

interface CallOptions {
  readonly method?: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string | Buffer;
}

interface Called {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

async function setting(options: Pick<EmulatorOptions, "authentication"> = {}): Promise<Setting> {
  const app = triggerApp();
  await addLocalFunction(app, ada);
  const server = await triggerServer(app, options);
  running.push(server);
  return {
    app,
    server,
    api: async (data, type = "APIG") => {
      const { body, error } = await triggerCalls(app).create(type, {
        ...triggerSettings.DEDICATEDGATEWAY,
        auth: "NONE",
        name: undefined,
        ...data,
      });
      if (error !== undefined) throw new Error(error);
      return body.trigger_id;
    },
    call: (path, { method = "GET", headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const url = new URL(server.url);
        const sent = httpRequest(
          { host: url.hostname, port: url.port, path, method, headers },
          (response) => {
            const pieces: Buffer[] = [];
            response.on("data", (piece: Buffer) => pieces.push(piece));
            response.on("end", () => {
              const bytes = Buffer.concat(pieces);
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                body: bytes,
                text: bytes.toString(),
              });
            });
          },
        );
        sent.on("error", reject);
        sent.end(body);
      }),
  };
}

/** The event that the function got last. */
function eventOf(app: TriggerApp): Record<string, unknown> {
  return JSON.parse(Buffer.from(app.calls.at(-1)?.call.event ?? []).toString());
}

const at = (path: string): string => `/_apig/${group}${path}`;

describe("a call of an API", () => {
  it("reaches the function as the documented event", async () => {
    const { app, api, call, server } = await setting();
    await api();
    const { headers } = await call(at("/hello-orders/to%20day?lang=en&tag=a&tag=b&empty"), {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-Forwarded-For": "203.0.113.7",
        Connection: "close, x-own",
        "X-Own": "1",
      },
      body: '{"name":"Ada"}',
    });
    const { host } = new URL(server.url);
    const requestId = headers["x-request-id"];
    const [made] = [...app.triggers.all()];
    expect(eventOf(app)).toEqual({
      body: Buffer.from('{"name":"Ada"}').toString("base64"),
      isBase64Encoded: true,
      requestContext: {
        requestId,
        apiId: made?.trigger.data.api_id,
        stage: "RELEASE",
        sourceIp: "127.0.0.1",
      },
      httpMethod: "POST",
      path: "/hello-orders/to%20day",
      pathParameters: { "": "to day" },
      queryStringParameters: { lang: "en", tag: ["a", "b"], empty: "" },
      headers: {
        host,
        "content-type": "application/json",
        "content-length": "14",
        "x-real-ip": "127.0.0.1",
        "x-forwarded-for": "203.0.113.7, 127.0.0.1",
        "x-forwarded-host": host,
        "x-forwarded-port": host.split(":")[1],
        "x-forwarded-proto": "http",
        "x-request-id": requestId,
      },
    });
    expect(app.calls[0]).toMatchObject({
      spec: { urn: `${urn}:latest` },
      call: { requestId, type: "sync" },
    });
  });

  it("without a body has an empty one", async () => {
    const { app, api, call } = await setting();
    await api();
    await call(at("/hello-orders"));
    expect(eventOf(app)).toMatchObject({ body: "", isBase64Encoded: true, pathParameters: { "": "" } });
  });

  it.each(["APIG", "DEDICATEDGATEWAY", "APIC"])("of a trigger of the type %s works", async (type) => {
    const { app, api, call } = await setting();
    app.answer = () => '{"statusCode":200}';
    await api({}, type);
    expect((await call(at("/hello-orders"))).status).toBe(200);
  });

  it("reaches the version or alias that the trigger names", async () => {
    const { app, api, call } = await setting();
    addLocalVersion(app, ada, "hello-orders", "v1");
    addLocalAlias(app, ada, "hello-orders", "prod", "v1");
    await api({ path: "/v1", func_info: { timeout: 100, version: "v1" } });
    await api({ path: "/prod", func_info: { timeout: 100, version: "!prod" } });
    await call(at("/v1"));
    await call(at("/prod"));
    expect(app.calls.map(({ spec, call: { alias } }) => [spec.version, alias])).toEqual([
      ["v1", undefined],
      ["v1", "prod"],
    ]);
  });

  it("carries its headers to the rules of an alias", async () => {
    const { app, api, call } = await setting();
    for (const version of ["v1", "v2"]) addLocalVersion(app, ada, "hello-orders", version);
    app.store.write((tx) =>
      tx.put({ name: "alias" }, ada.projectId, "default:hello-orders:prod", {
        name: "prod",
        version: "v1",
        lastModified: "",
        strategy: {
          v2: { combine_type: "and", rules: [{ rule_type: "Header", param: "X-Beta", op: "=", value: "1" }] },
        },
      }),
    );
    await api({ func_info: { timeout: 1000, version: "!prod" } });
    await call(at("/hello-orders"));
    await call(at("/hello-orders"), { headers: { "x-beta": "1" } });
    expect(app.calls.map(({ spec }) => spec.version)).toEqual(["v1", "v2"]);
  });

  it("chooses the environment by X-Stage", async () => {
    const { app, api, call } = await setting();
    app.answer = () => '{"statusCode":200}';
    await api({ env_name: "BETA", env_id: "beta" });
    expect((await call(at("/hello-orders"))).status).toBe(404);
    expect((await call(at("/hello-orders"), { headers: { "X-Stage": "BETA" } })).status).toBe(200);
    expect(eventOf(app)).toMatchObject({ requestContext: { stage: "BETA" } });
  });

  it.each([
    [
      "no path",
      "/nothing",
      "GET",
      "The API does not exist or has not been published in the environment. GET /_emulator/gateway",
    ],
    ["another method", "/only-get", "POST", "The API does not exist. This path answers GET and not POST."],
  ])("that matches %s is refused as the gateway does", async (_, path, method, message) => {
    const { api, call } = await setting();
    await api({ path: "/only-get", req_method: "GET" });
    const { status, headers, text } = await call(at(path), { method });
    expect([status, headers["content-type"]]).toEqual([404, "application/json"]);
    expect(JSON.parse(text)).toEqual({
      error_code: "APIG.0101",
      error_msg: expect.stringContaining(message),
      request_id: headers["x-request-id"],
    });
  });

  it("is accepted into the queue if the trigger is asynchronous", async () => {
    const { app, api, call } = await setting();
    await api({ func_info: { timeout: 100, invocation_type: "async" } });
    const { status, text, headers } = await call(at("/hello-orders"));
    expect([status, JSON.parse(text)]).toEqual([202, { request_id: headers["x-request-id"] }]);
    expect(app.accepted).toMatchObject([{ urn: `${urn}:latest`, requestId: headers["x-request-id"] }]);
    expect(app.calls).toEqual([]);
  });

  it("is given up after the time that the trigger says", async () => {
    const { app, api, call } = await setting();
    let end: (value: string) => void = () => undefined;
    app.answer = () => new Promise<string>((resolve) => (end = resolve));
    await api({ func_info: { timeout: 20 } });
    const { status, text } = await call(at("/hello-orders"));
    expect([status, JSON.parse(text)]).toMatchObject([
      504,
      { error_code: "APIG.0203", error_msg: "Backend timeout. The trigger waits 20 ms (func_info.timeout)." },
    ]);
    end("late");
  });

  it("may have 12 MB and no more", async () => {
    const { api, call } = await setting();
    await api();
    const large = await call(at("/hello-orders"), {
      method: "POST",
      body: Buffer.alloc(12 * 1024 * 1024 + 1),
    });
    expect([large.status, JSON.parse(large.text)]).toMatchObject([413, { error_code: "APIG.0201" }]);
  });

  it.each([
    ["a synchronous", "sync", 200, 6 * 1024 * 1024],
    ["an asynchronous", "async", 202, 256 * 1024],
  ])(
    "has a body that its event of %s call can hold, and of a larger one the limit is told",
    async (name, type, status, most) => {
      const { app, api, call } = await setting();
      app.answer = () => '{"statusCode":200}';
      await api({ func_info: { timeout: 5000, invocation_type: type } });
      const send = (bytes: number) =>
        call(at("/hello-orders"), { method: "POST", body: Buffer.alloc(bytes) });
      const refused = await send(most);
      expect([refused.status, JSON.parse(refused.text)]).toEqual([
        413,
        {
          error_code: "FSS.1201",
          error_msg: expect.stringMatching(
            `^The request body is too large. Here it may have \\d+ bytes and has ${most}: the event of ${name} call may have ${most} bytes`,
          ),
          request_id: refused.headers["x-request-id"],
        },
      ]);
      const room = Number(/may have (\d+) bytes/.exec(refused.text)?.[1]);
      expect(room).toBeGreaterThan(0.74 * most);
      expect((await send(room)).status).toBe(status);
      expect((await send(room + 1)).status).toBe(413);
      expect(app.calls.length + app.accepted.length).toBe(1);
    },
  );

  it("is refused before its body has come if that is too large, and while it comes if its size is not told", async () => {
    const { app, api, server } = await setting();
    await api();
    const { hostname, port } = new URL(server.url);
    const begin = (headers: Record<string, string>, body: Buffer): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sent = httpRequest(
          { hostname, port, path: at("/hello-orders"), method: "POST", headers },
          ({ statusCode }) => {
            sent.destroy();
            resolve(statusCode);
          },
        );
        sent.on("error", reject);
        // Never ended.
        sent.write(body);
      });
    expect(await begin({ "Content-Length": "5000000" }, Buffer.alloc(1))).toBe(413);
    expect(await begin({ "Transfer-Encoding": "chunked" }, Buffer.alloc(5_000_000))).toBe(413);
    expect(app.calls).toEqual([]);
  });

  it("is for web pages elsewhere too, whose rules the function makes", async () => {
    const { app, api, call } = await setting();
    app.answer = () => '{"statusCode":204,"headers":{"Access-Control-Allow-Origin":"*"}}';
    await api();
    const origin = { Origin: "https://example.com", "Sec-Fetch-Site": "cross-site" };
    const { status, headers } = await call(at("/hello-orders"), { method: "OPTIONS", headers: origin });
    expect([status, headers["access-control-allow-origin"], headers.vary]).toEqual([204, "*", undefined]);
    expect(eventOf(app)).toMatchObject({ httpMethod: "OPTIONS" });
    const elsewhere = await call("/_emulator/gateway", { headers: { ...origin, "X-Emulator-Control": "1" } });
    expect(elsewhere.status).toBe(403);
  });

  it("is refused under a name that is not the emulator's", async () => {
    const { api, call } = await setting();
    await api();
    expect((await call(at("/hello-orders"), { headers: { Host: "evil.example" } })).status).toBe(403);
  });
});

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

describe("an API with authentication", () => {
  function signed(
    server: TriggerServer,
    path: string,
    secretKey = "example-secret-key",
  ): Record<string, string> {
    const date = "20260302T100000Z";
    const canonical = canonicalRequest({
      method: "POST",
      path,
      query: [["a", "1"]],
      headers: { host: new URL(server.url).host, "x-sdk-date": date },
      signedHeaders: ["host", "x-sdk-date"],
      payloadHash: createHash("sha256").update("body").digest("hex"),
    });
    const signature = signatureOf(canonical, date, secretKey);
    return {
      "x-sdk-date": date,
      authorization: `SDK-HMAC-SHA256 Access=EXAMPLEACCESSKEY0001, SignedHeaders=host;x-sdk-date, Signature=${signature}`,
    };
  }

  it.each([
    ["IAM", "on", "a token", 200],
    ["IAM", "on", "a signature", 200],
    ["IAM", "on", "a wrong signature", "APIG.0301 Incorrect IAM authentication information"],
    ["IAM", "on", "a wrong token", "APIG.0301 Incorrect IAM authentication information"],
    ["IAM", "on", "nothing", "APIG.0301 Incorrect IAM authentication information"],
    ["IAM", "off", "nothing", 200],
    ["APP", "on", "a signature", 200],
    ["APP", "on", "a wrong signature", "APIG.0303 Incorrect app authentication information"],
    ["APP", "on", "nothing", "APIG.0303 Incorrect app authentication information"],
    ["APP", "off", "nothing", 200],
    ["NONE", "on", "nothing", 200],
    ["NONE", "on", "a wrong token", 200],
  ] as const)("%s, emulator's %s: %s", async (auth, authentication, what, want) => {
    const { app, api, call, server } = await setting({ authentication });
    app.answer = () => '{"statusCode":200}';
    await api({ auth });
    const path = at("/hello-orders");
    const headers = {
      "a token": { "X-Auth-Token": server.token },
      "a wrong token": { "X-Auth-Token": "x" },
      "a signature": signed(server, path),
      "a wrong signature": signed(server, path, "another-key"),
      nothing: {},
    }[what];
    const { status, text } = await call(`${path}?a=1`, { method: "POST", headers, body: "body" });
    if (want === 200) expect(status).toBe(200);
    else {
      expect(status).toBe(401);
      const { error_code: code, error_msg: message } = JSON.parse(text);
      expect(`${code} ${message}`).toContain(want);
      expect(app.calls).toEqual([]);
    }
  });
});

describe("what comes before the API is found", () => {
  it.each([
    ["a path that cannot be decoded", "/hello-orders/%zz", {}],
    ["a path that is not UTF-8", "/hello-orders/%ff", {}],
    [
      "more headers than a request may have",
      "/hello-orders",
      Object.fromEntries(Array.from({ length: 101 }, (_, number) => [`x-${number}`, "1"])),
    ],
  ])("is refused in the form of the gateway: %s", async (_, path, headers) => {
    const { api, call } = await setting();
    await api();
    const { status, text } = await call(`/_apig/${group}${path}`, { headers });
    expect([status, JSON.parse(text)]).toEqual([
      400,
      {
        error_code: "APIG.0201",
        error_msg: expect.stringMatching(/^API request error\. /),
        request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
  });

  it("hands a query on as it came where it cannot be decoded", async () => {
    const { app, api, call } = await setting();
    await api();
    app.answer = (_, { event }) => JSON.stringify({ statusCode: 200, body: Buffer.from(event).toString() });
    const { text } = await call(`/_apig/${group}/hello-orders?q=100%25&r=%&s=%E4&t=a%0Ab+c&%=1`);
    expect(JSON.parse(text).queryStringParameters).toEqual({
      q: "100%",
      r: "%",
      s: "%E4",
      t: "a\nb c",
      "%": "1",
    });
  });
});
