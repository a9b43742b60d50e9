import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { at, eventOf, group, setting } from "../../../test/support/gateway-calls.ts";
import { ada, addLocalAlias, addLocalVersion } from "../../../test/support/local-app.ts";

const urn = `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders`;

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
