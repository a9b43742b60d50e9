import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { errorOf, startWith } from "../../test/support/emulator-with.ts";
import type { Handlers } from "../contract/handler.ts";

const json = { "content-type": "application/json" };

describe("the server", () => {
  it("answers an operation with its usual status and a request ID", async () => {
    const { quotas } = await startWith();
    const response = await fetch(quotas);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/);
    expect(await response.json()).toEqual({ quotas: { resources: [] } });
  });

  it("gives the handler decoded parameters, the body without unknown properties, and the caller", async () => {
    let seen: unknown;
    const { functions } = await startWith({
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
    const { url } = await startWith();
    const response = await fetch(url + path, { method });
    const body = await errorOf(response);
    expect([response.status, body.error_code]).toEqual([status, code]);
    expect(body.error_msg).toContain(message);
    expect(body.request_id).toBe(code.startsWith("APIGW") ? response.headers.get("x-request-id") : undefined);
  });

  it("answers HEAD like GET, without a body", async () => {
    const { quotas } = await startWith();
    const response = await fetch(quotas, { method: "HEAD" });
    expect([response.status, response.headers.get("content-length"), await response.text()]).toEqual([
      200,
      "27",
      "",
    ]);
  });

  it("answers OPTIONS with the methods of the path", async () => {
    const { functions } = await startWith();
    const response = await fetch(functions, { method: "OPTIONS" });
    expect([response.status, response.headers.get("allow")]).toEqual([204, "GET, POST, OPTIONS"]);
  });

  it("keeps the inside of an unexpected failure to its log", async () => {
    const { quotas, lines } = await startWith({
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
    const { functions } = await startWith({
      asyncInvokeFunction: ({ body }) => {
        event = body;
        return { body: { request_id: "r" } };
      },
    });
    expect((await fetch(`${functions}/hello/invocations-async`, { method: "POST" })).status).toBe(202);
    expect(event).toEqual({});
  });

  it("sends bytes and text as they are", async () => {
    const { functions } = await startWith({
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
    const { quotas } = await startWith({
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
    const { quotas, lines } = await startWith({}, { logLevel: "info" });
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
    const { quotas, violations } = await startWith(handlers);
    const response = await fetch(quotas);
    expect(response.status).toBe(500);
    expect((await errorOf(response)).error_msg).toContain(problem);
    expect(violations).toEqual([
      { operationId: "listQuotas", status: expect.any(Number), problems: expect.arrayContaining([problem]) },
    ]);
  });

  it("and is sent as it is otherwise", async () => {
    const { quotas, violations } = await startWith(
      { listQuotas: () => ({ status: 202, body: {} as never }) },
      { validateResponses: false },
    );
    expect([(await fetch(quotas)).status, violations]).toEqual([202, []]);
  });
});

describe("closing", () => {
  it("takes under 500 ms with connections open and a request that never ends", async () => {
    const emulator = await startWith({ listQuotas: () => new Promise(() => undefined) });
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
    const emulator = await startWith({
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
    const emulator = await startWith();
    expect(await Promise.all([emulator.close(), emulator.close()])).toEqual([undefined, undefined]);
  });
});

it("hands what lies outside of the API to the fallback", async () => {
  const { url } = await startWith({}, { fallback: (_, response) => response.end("page") });
  expect(await (await fetch(`${url}/reference/`)).text()).toBe("page");
  expect((await fetch(`${url}/v2/p/nothing`)).status).toBe(404);
});

it("is stopped by a port that is in use", async () => {
  const { port } = await startWith();
  await expect(startWith({}, { port })).rejects.toThrow(
    `Port ${port} is in use by another program; choose another one, or 0 for a free one.`,
  );
});

/** The body of a refusal. */
