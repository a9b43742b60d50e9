import { request as httpRequest } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { Handlers } from "../contract/handler.ts";
import { type EmulatorOptions, resolveOptions } from "../options.ts";
import { type Emulator, startEmulator } from "../start-emulator.ts";

const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close(0)));
});

const quotas: Handlers["listQuotas"] = () => ({ body: { quotas: { resources: [] } } });

async function start(
  handlers: Partial<Handlers> = {},
  options: EmulatorOptions = {},
): Promise<Emulator & { functions: string; quotas: string; lines: string[] }> {
  const lines: string[] = [];
  const settings = resolveOptions({
    authentication: "off",
    validateResponses: true,
    seed: 1,
    log: (line) => lines.push(line),
    logPretty: false,
    ...options,
  });
  // The operations that a test calls are the ones that it gives.
  const emulator = await startEmulator(settings, () => ({ listQuotas: quotas, ...handlers }) as Handlers);
  running.push(emulator);
  const base = `${emulator.url}/v2/${emulator.projectId}`;
  return Object.assign(emulator, { functions: `${base}/fgs/functions`, quotas: `${base}/fgs/quotas`, lines });
}

const json = { "content-type": "application/json" };

describe("the server", () => {
  it("answers an operation with its usual status and a request ID", async () => {
    const { quotas } = await start();
    const response = await fetch(quotas);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/);
    expect(await response.json()).toEqual({ quotas: { resources: [] } });
  });

  it("gives the handler decoded parameters, the body without unknown properties, and the caller", async () => {
    let seen: unknown;
    const { functions } = await start({
      updateVersionAlias: ({ path, body, caller, query }) => {
        seen = { path, body, query, project: caller.projectName, user: caller.userName };
        return { body: { name: "prod", version: "v1", last_modified: "", alias_urn: "" } };
      },
    });
    const response = await fetch(
      `${functions}/${encodeURIComponent("default:hello:!prod")}/aliases/prod?x=1`,
      {
        method: "PUT",
        headers: json,
        body: JSON.stringify({ version: "v1", colour: "red" }),
      },
    );
    expect(response.status).toBe(200);
    expect(seen).toEqual({
      path: { project_id: expect.any(String), function_urn: "default:hello:!prod", alias_name: "prod" },
      body: { version: "v1" },
      query: {},
      project: "eu-de",
      user: "ada",
    });
  });

  it.each([
    ["GET", "/", 404, "APIGW.0101", "does not exist"],
    ["GET", "/v2/p/fgs/nothing", 404, "APIGW.0101", "does not exist"],
    ["PATCH", "/v2/p/fgs/quotas", 404, "APIGW.0101", "This path answers GET and not PATCH."],
    ["GET", "/v2/p/fgs/functions/%ff/config", 400, "FSS.0400", "percent-encoding"],
    ["GET", "/v2/p/xyz/tags", 400, "FSS.0400", 'resource_type must be functions and is "xyz".'],
    ["POST", "/v2/p/fgs/functions", 400, "FSS.0400", "The request body is missing"],
  ])("refuses %s %s with %s %s", async (method, path, status, code, message) => {
    const { url } = await start();
    const response = await fetch(url + path, { method });
    const body = await errorOf(response);
    expect([response.status, body.error_code]).toEqual([status, code]);
    expect(body.error_msg).toContain(message);
    expect(body.request_id).toBe(code.startsWith("APIGW") ? response.headers.get("x-request-id") : undefined);
  });

  it("answers HEAD like GET, without a body", async () => {
    const { quotas } = await start();
    const response = await fetch(quotas, { method: "HEAD" });
    expect([response.status, response.headers.get("content-length"), await response.text()]).toEqual([
      200,
      "27",
      "",
    ]);
  });

  it("answers OPTIONS with the methods of the path", async () => {
    const { functions } = await start();
    const response = await fetch(functions, { method: "OPTIONS" });
    expect([response.status, response.headers.get("allow")]).toEqual([204, "GET, POST, OPTIONS"]);
  });

  it("keeps the inside of an unexpected failure to its log", async () => {
    const { quotas, lines } = await start({
      listQuotas: () => {
        throw new Error("the secret plan");
      },
    });
    const response = await fetch(quotas);
    expect([response.status, await response.json()]).toEqual([
      500,
      { error_code: "FSS.0500", error_msg: "Internal server error." },
    ]);
    expect(lines.join("")).toContain("the secret plan");
    expect(lines.join("")).toContain("server.test.ts");
  });

  it("takes an invocation without any body as an empty event", async () => {
    let event: unknown;
    const { functions } = await start({
      asyncInvokeFunction: ({ body }) => {
        event = body;
        return { body: { request_id: "r" } };
      },
    });
    expect((await fetch(`${functions}/hello/invocations-async`, { method: "POST" })).status).toBe(202);
    expect(event).toEqual({});
  });

  it("sends bytes and text as they are", async () => {
    const { functions } = await start({
      exportFunction: () => ({ body: Buffer.from("PK"), contentType: "application/zip" }),
      invokeFunction: () => ({ body: "plain", contentType: "text/plain" }),
    });
    const zip = await fetch(`${functions}/hello/export?code=true`);
    expect([zip.headers.get("content-type"), await zip.text()]).toEqual(["application/zip", "PK"]);
    expect(await (await fetch(`${functions}/hello/invocations`, { method: "POST" })).text()).toBe("plain");
  });

  it("tells a handler when its client goes away", async () => {
    let aborted: (value: unknown) => void = () => undefined;
    const whenAborted = new Promise((resolve) => {
      aborted = resolve;
    });
    let arrived: (value: unknown) => void = () => undefined;
    const whenArrived = new Promise((resolve) => {
      arrived = resolve;
    });
    const { quotas } = await start({
      listQuotas: async ({ signal }) => {
        arrived(true);
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        aborted(signal.aborted);
        return { body: { quotas: { resources: [] } } };
      },
    });
    const client = httpRequest(quotas).on("error", () => undefined);
    client.end();
    await whenArrived;
    client.destroy();
    expect(await whenAborted).toBe(true);
  });

  it("logs requests on demand, without query or secrets", async () => {
    const { quotas, lines } = await start({}, { logLevel: "info" });
    await fetch(`${quotas}?token=abc`, { headers: { "X-Auth-Token": "example-secret-key" } });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        level: "info",
        message: expect.stringMatching(/^GET \/v2\/\w+\/fgs\/quotas$/),
        status: 200,
        operationId: "listQuotas",
      },
    ]);
    expect(lines.join("")).not.toMatch(/abc|example-secret/);
  });
});

describe("in checked mode, an answer fails loudly", () => {
  const cases: [string, Partial<Handlers>, string][] = [
    [
      "with an undeclared status",
      { listQuotas: () => ({ status: 202, body: { quotas: {} } }) },
      "Status 202 is not declared.",
    ],
    [
      "with an undeclared header",
      { listQuotas: () => ({ headers: { "X-Other": "1" }, body: { quotas: {} } }) },
      "The header x-other is not declared.",
    ],
    // The compiler would refuse these three.
    [
      "with an undeclared property",
      { listQuotas: () => ({ body: { quotas: {}, colour: "red" } as never }) },
      'The property colour at "" of the body is not declared.',
    ],
    [
      "with a wrong type",
      { listQuotas: () => ({ body: { quotas: [] } as never }) },
      "quotas must be an object.",
    ],
    ["without its body", { listQuotas: () => ({}) }, "The body is missing; application/json is declared."],
    [
      "of another media type",
      { listQuotas: () => ({ body: "x", contentType: "text/html" }) },
      "A body of type text/html is not declared; application/json is.",
    ],
  ];
  it.each(cases)("%s", async (_, handlers, problem) => {
    const { quotas, violations } = await start(handlers);
    const response = await fetch(quotas);
    expect(response.status).toBe(500);
    expect((await errorOf(response)).error_msg).toContain(problem);
    expect(violations).toEqual([
      { operationId: "listQuotas", status: expect.any(Number), problems: expect.arrayContaining([problem]) },
    ]);
  });

  it("and is sent as it is otherwise", async () => {
    const { quotas, violations } = await start(
      { listQuotas: () => ({ status: 202, body: {} as never }) },
      { validateResponses: false },
    );
    expect([(await fetch(quotas)).status, violations]).toEqual([202, []]);
  });
});

describe("hostile input", () => {
  it("of 100 MB is refused before it is read, and the server goes on", async () => {
    const { functions, quotas } = await start();
    const response = await fetch(functions, {
      method: "POST",
      headers: json,
      body: `{"func_name":"${"x".repeat(100 * 1024 * 1024)}"}`,
    });
    expect([response.status, (await errorOf(response)).error_code]).toEqual([413, "FSS.1071"]);
    expect((await fetch(quotas)).status).toBe(200);
  });

  it.each([
    ["invokeFunction", "/hello/invocations", "POST", 6 * 1024 * 1024, 413, "FSS.1201"],
    ["createEvent", "/hello/events", "POST", 12 * 1024 * 1024, 413, "FSS.0413"],
  ])("of %s may be as large as documented, and no larger", async (_, path, method, bytes, status, code) => {
    const { functions } = await start();
    const response = await fetch(functions + path, {
      method,
      headers: json,
      body: `{"a":"${"x".repeat(bytes)}"}`,
    });
    const body = await errorOf(response);
    expect([response.status, body.error_code]).toEqual([status, code]);
    expect(body.error_msg).toContain(`may have ${bytes} bytes and has ${bytes + 8}.`);
  });

  it("without an announced length is counted while it comes", async () => {
    const { functions } = await start();
    const piece = new Uint8Array(64 * 1024).fill(0x20);
    let left = 400;
    const body = new ReadableStream({
      pull: (controller) => (left-- > 0 ? controller.enqueue(piece) : controller.close()),
    });
    const response = await fetch(`${functions}/hello/events`, {
      method: "POST",
      headers: json,
      body,
      duplex: "half",
    } as RequestInit);
    expect([response.status, (await errorOf(response)).error_msg]).toEqual([
      413,
      expect.stringContaining("and has more."),
    ]);
  });

  it.each([
    ["no JSON", "{", json],
    ["nested deeply", "[".repeat(100_000), json],
    ["no UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), json],
    ["a form", "a=1", { "content-type": "application/x-www-form-urlencoded" }],
  ])("that is %s is refused", async (_, body, headers) => {
    const { functions } = await start();
    const response = await fetch(functions, { method: "POST", headers, body });
    expect([response.status, (await errorOf(response)).error_code]).toEqual([400, "FSS.0400"]);
  });

  it("with a flood of headers is refused", async () => {
    const { url } = await start();
    const many = Array.from({ length: 200 }, (_, index) => `X-${index}: 1`).join("\r\n");
    expect(
      await exchange(url, `GET / HTTP/1.1\r\nHost: localhost\r\n${many}\r\nConnection: close\r\n\r\n`),
    ).toMatch(/^HTTP\/1\.1 400 .*"error_code":"FSS\.0400","error_msg":"[^"]*100 headers/s);
    expect(
      await exchange(url, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(70_000)}\r\n\r\n`),
    ).toMatch(/^HTTP\/1\.1 400 .*FSS\.0400.*too large/s);
  });

  it.each([
    ["nonsense", "nonsense\r\n\r\n"],
    ["no Host", "GET /v2/p/fgs/quotas HTTP/1.1\r\n\r\n"],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
  ])("of %s is answered with 400", async (_, text) => {
    const { url } = await start();
    expect(await exchange(url, text)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("that comes too slowly is refused", async () => {
    const { url } = await start({}, { timeouts: { idle: 30 } });
    const answer = await exchange(
      url,
      "POST /v2/p/fgs/functions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408 .*FSS\.0408/s);
  });

  it("whose headers come too slowly is refused", async () => {
    const { url } = await start({}, { timeouts: { headers: 50 } });
    expect(await exchange(url, "GET / HTTP/1.1\r\nHost: ")).toMatch(/^HTTP\/1\.1 408 .*FSS\.0408/s);
  });

  it("over a half-closed connection is answered", async () => {
    const { url } = await start();
    const answer = await exchange(url, "GET /v2/p/fgs/quotas HTTP/1.1\r\nHost: localhost\r\n\r\n", (socket) =>
      socket.end(),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each(["", "Connection: close\r\n"])(
    "over a half-closed connection is answered, however long that takes (%j)",
    async (header) => {
      const { url } = await start({
        listQuotas: async ({ signal }) => {
          if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
          // By now a connection that ends with its sending half is closed.
          await new Promise((resolve) => setImmediate(resolve));
          return { body: { quotas: { resources: [] } } };
        },
      });
      const text = `GET /v2/p/fgs/quotas HTTP/1.1\r\nHost: localhost\r\n${header}\r\n`;
      const answer = await exchange(url, text, (socket) => socket.end());
      expect(answer).toMatch(/^HTTP\/1\.1 200 .*"resources":\[\]/s);
    },
  );

  it("over a half-closed connection is answered in the order of the requests", async () => {
    const { url } = await start();
    const one = "GET /v2/p/fgs/quotas HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let answers = "";
    await new Promise((resolve) => {
      const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1", allowHalfOpen: true });
      socket.on("data", (data) => {
        answers += data;
      });
      socket.on("end", () => resolve(socket.destroy()));
      socket.end(one + one + one);
    });
    expect(answers.match(/HTTP\/1\.1 200 /g)).toHaveLength(3);
  });

  it.each<[string, string, string, EmulatorOptions, RegExp]>([
    ["too large", "POST /v2/p/fgs/functions/hello/events HTTP/1.1", "", {}, / 413 .*FSS\.0413/s],
    ["too large, in HTTP/1.0", "POST /v2/p/fgs/functions/hello/events HTTP/1.0", "", {}, / 413 .*FSS\.0413/s],
    ["for nothing that is there", "POST /v2/p/nothing HTTP/1.1", "", {}, / 404 .*APIGW\.0101/s],
    [
      "without credentials",
      "POST /v2/p/fgs/functions HTTP/1.1",
      "",
      { authentication: "on" },
      / 401 .*APIGW\.0301/s,
    ],
    ["with many headers", "POST / HTTP/1.1", "X: 1\r\n".repeat(150), {}, / 400 .*100 headers/s],
    ["with headers that are none", "POST / HTTP/1.1", "no header\r\n", {}, / 400 .*FSS\.0400/s],
  ])("that is large and %s is answered to who reads no answer before all is sent", async (...parts) => {
    const [, line, headers, options, want] = parts;
    const { url, quotas } = await start({}, options);
    for (const connection of ["close", "keep-alive"]) {
      const head = `${line}\r\nHost: localhost\r\nConnection: ${connection}\r\n${headers}Content-Length: ${large}\r\n\r\n`;
      expect(await sendThenRead(url, [head, Buffer.alloc(large, 0x20)])).toMatch(want);
    }
    expect((await fetch(quotas)).status).toBeLessThan(402);
  });

  it("without an announced length is answered to who reads no answer before all is sent", async () => {
    const { url } = await start();
    const head =
      "POST /v2/p/fgs/functions/hello/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    const body = `${large.toString(16)}\r\n${" ".repeat(large)}\r\n0\r\n\r\n`;
    expect(await sendThenRead(url, [head, body])).toMatch(/ 413 .*FSS\.0413/s);
  });

  it("behind a request without a body's place is answered whole, also with a stream", async () => {
    const { url } = await start();
    const head = `GET /_emulator/snapshot HTTP/1.1\r\nHost: localhost\r\nX-Emulator-Control: 1\r\nConnection: close\r\nContent-Length: ${large}\r\n\r\n`;
    expect(await sendThenRead(url, [head, Buffer.alloc(large)])).toMatch(/ 200 .*\r\n0\r\n\r\n$/s);
  });

  it("that ends in the middle leaves nothing behind", async () => {
    const { url, quotas } = await start();
    await exchange(
      url,
      "POST /v2/p/fgs/functions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{",
      (socket) => socket.destroy(),
    );
    expect((await fetch(quotas)).status).toBe(200);
  });
});

describe("closing", () => {
  it("takes under 500 ms with connections open and a request that never ends", async () => {
    const emulator = await start({ listQuotas: () => new Promise(() => undefined) });
    await fetch(`${emulator.url}/_emulator/health`);
    const pending = fetch(emulator.quotas).catch(() => "cut");
    await fetch(`${emulator.url}/_emulator/health`);
    const started = performance.now();
    await emulator.close();
    expect(performance.now() - started).toBeLessThan(500);
    expect(await pending).toBe("cut");
  });

  it("lets a request under way end, and does not wait for its connection", async () => {
    let release: () => void = () => undefined;
    const emulator = await start({
      listQuotas: () =>
        new Promise((resolve) => {
          release = () => resolve({ body: { quotas: { resources: [] } } });
        }),
    });
    const pending = fetch(emulator.quotas);
    while ((await fetch(`${emulator.url}/_emulator/health`)).status !== 200);
    const closed = emulator.close(10_000);
    release();
    expect((await pending).status).toBe(200);
    const started = performance.now();
    await closed;
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("can be asked for twice", async () => {
    const emulator = await start();
    expect(await Promise.all([emulator.close(), emulator.close()])).toEqual([undefined, undefined]);
  });
});

it("hands what lies outside of the API to the fallback", async () => {
  const { url } = await start({}, { fallback: (_, response) => response.end("page") });
  expect(await (await fetch(`${url}/reference/`)).text()).toBe("page");
  expect((await fetch(`${url}/v2/p/nothing`)).status).toBe(404);
});

it("is stopped by a port that is in use", async () => {
  const { port } = await start();
  await expect(start({}, { port })).rejects.toThrow(
    `Port ${port} is in use by another program; choose another one, or 0 for a free one.`,
  );
});

/** The body of a refusal. */
async function errorOf(
  response: Response,
): Promise<{ error_code: string; error_msg: string; request_id?: string }> {
  return (await response.json()) as { error_code: string; error_msg: string };
}

/** More than the systems' buffers between a client and a server hold, and than any body may have here. */
const large = 30 * 1024 * 1024;

/** Sends all, reads only then, as blocking clients do, and resolves with all that comes back. @throws Error when the connection breaks */
function sendThenRead(url: string, parts: readonly (string | Uint8Array)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1" }).pause();
    let answer = "";
    socket.setEncoding("latin1").on("data", (data) => {
      answer += data;
      if (/\r\n\r\n.*\}$/s.test(answer)) socket.destroy();
    });
    socket.on("error", reject).on("end", () => socket.destroy());
    socket.on("close", () => resolve(answer));
    for (const part of parts.slice(0, -1)) socket.write(part);
    socket.write(parts.at(-1) ?? "", () => socket.resume());
  });
}

/** Sends text over a connection of its own and resolves with all that comes back. */
function exchange(
  url: string,
  text: string,
  afterwards: (socket: Socket) => void = () => undefined,
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1", allowHalfOpen: true });
    let answer = "";
    socket.on("data", (data) => {
      answer += data;
      if (/\r\n\r\n.*\}$/s.test(answer)) socket.destroy();
    });
    socket.on("end", () => socket.destroy());
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer));
    socket.write(text, () => afterwards(socket));
  });
}
