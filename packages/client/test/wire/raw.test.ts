import { expect, test } from "vitest";
import type { LogFields } from "../../src/index.ts";
import { keys, projectId } from "../support/gateway.ts";
import { withGateway } from "../support/with-gateway.ts";

const path = { project_id: projectId, function_urn: "urn:fss:eu-de:p:function:default:hello" };

test("raw is openapi-fetch: data on success, error on failure, the platform's own response", async () => {
  const { fg } = await withGateway([
    { body: { functions: [] } },
    { status: 404, body: { error_code: "FSS.1051", error_msg: "No" } },
  ]);
  const listed = await fg.raw.GET("/v2/{project_id}/fgs/functions", {
    params: { path, query: { maxitems: "1" } },
  });
  expect(listed.data?.functions).toEqual([]);
  expect(listed.response).toBeInstanceOf(Response);
  const missing = await fg.raw.GET("/v2/{project_id}/fgs/functions/{function_urn}/config", {
    params: { path },
  });
  expect(missing.error).toEqual({ error_code: "FSS.1051", error_msg: "No" });
});

test("raw signs bodies, tries again and keeps to its time", async () => {
  const { fg, gateway } = await withGateway([
    { status: 429, body: "" },
    { status: 204, body: "" },
  ]);
  const body = { tracing_ak: "a", tracing_sk: "ü" };
  const { response } = await fg.raw.PUT("/v2/{project_id}/fgs/functions/{function_urn}/tracing", {
    params: { path },
    body,
  });
  expect(response.status).toBe(204);
  expect(gateway.received.map(({ body }) => body.toString())).toEqual([
    JSON.stringify(body),
    JSON.stringify(body),
  ]);
  const aborted = fg.raw.GET("/v2/{project_id}/fgs/functions", {
    params: { path },
    signal: AbortSignal.abort(),
  });
  await expect(aborted).rejects.toMatchObject({
    name: "AbortError",
    operation: `GET /v2/${projectId}/fgs/functions`,
  });
});

test("raw takes timeout and maxRetries", async () => {
  const { fg, gateway } = await withGateway([{ status: 503, body: "" }]);
  await fg.raw.GET("/v2/{project_id}/fgs/functions", { params: { path }, maxRetries: 0 });
  expect(gateway.received).toHaveLength(1);
});

test("raw gives bytes and streams where it is asked to", async () => {
  const { fg } = await withGateway([{ body: new Uint8Array([0, 255]) }]);
  const get = "/v2/{project_id}/fgs/functions/{function_urn}/export" as const;
  const { data } = await fg.raw.GET(get, { params: { path }, parseAs: "arrayBuffer" });
  // `as`: parseAs decides it.
  expect(new Uint8Array(data as ArrayBuffer)).toEqual(new Uint8Array([0, 255]));
});

test("raw reaches IAM, and createToken without credentials", async () => {
  const { fg, gateway } = await withGateway([{ body: { projects: [] } }, { status: 201, body: {} }]);
  await fg.raw.GET("/v3/projects", {});
  const identity = {
    methods: ["password" as const],
    password: { user: { name: "ada", password: "x", domain: { name: "d" } } },
  };
  await fg.raw.POST("/v3/auth/tokens", { body: { auth: { identity } } });
  expect(gateway.received.map(({ headers }) => !!headers.authorization)).toEqual([true, false]);
});

test("middleware sees every request and answer, may change both, and what it changes is signed", async () => {
  const seen: string[] = [];
  const { fg, gateway } = await withGateway([{ body: { functions: [{ func_name: "a" }] } }], {
    middleware: [
      {
        onRequest: ({ request, schemaPath }) => {
          seen.push(schemaPath);
          return new Request(request, { headers: { ...Object.fromEntries(request.headers), "x-mine": "1" } });
        },
        onResponse: async ({ response }) => {
          seen.push(await response.clone().text());
        },
      },
    ],
  });
  expect((await fg.listFunctions()).functions).toEqual([{ func_name: "a" }]);
  await fg.createFunctionVersion({ path, body: { digest: "d" } });
  expect(seen.slice(0, 2)).toEqual(["/v2/{project_id}/fgs/functions", '{"functions":[{"func_name":"a"}]}']);
  expect(gateway.received[0]?.headers).toMatchObject({ "x-mine": "1" });
  expect(gateway.received[0]?.headers.authorization).toContain("x-mine");
  expect(gateway.received[1]?.body.toString()).toBe('{"digest":"d"}');
});

test("middleware may answer itself", async () => {
  const { fg, gateway } = await withGateway([], {
    middleware: [{ onRequest: () => Response.json({ functions: [] }) }],
  });
  expect(await fg.listFunctions()).toEqual({ functions: [] });
  expect(gateway.received).toHaveLength(0);
});

test("the log has the listed fields and nothing else, and is off by default", async () => {
  const entries: [string, LogFields][] = [];
  const add = (level: string) => (_message: string, fields: LogFields) => {
    entries.push([level, fields]);
  };
  const logger = { error: add("error"), warn: add("warn"), info: add("info"), debug: add("debug") };
  const script = [
    { status: 503, body: { error_code: "FSS.0503", error_msg: "secret of the answer" } },
    { body: { functions: [] } },
  ];
  const { fg: quiet } = await withGateway(script, { logger });
  await quiet.listFunctions();
  expect(entries).toEqual([]);
  const { fg } = await withGateway(script, { logger, logLevel: "debug" });
  await fg.listFunctions({ query: { func_name: "secret-query" } });
  expect(entries.map(([level]) => level)).toEqual(["warn", "debug"]);
  const path = `/v2/${projectId}/fgs/functions`;
  expect(entries[0]?.[1]).toMatchObject({
    operation: "listFunctions",
    method: "GET",
    path,
    attempt: 1,
    status: 503,
    code: "FSS.0503",
    requestId: "request-1",
  });
  expect(Object.keys(entries[0]?.[1] ?? {}).sort()).toEqual(
    ["attempt", "code", "delay", "duration", "method", "operation", "path", "requestId", "status"].sort(),
  );
  expect(JSON.stringify(entries)).not.toMatch(/secret|SDK-HMAC/);
  expect(JSON.stringify(entries)).not.toContain(keys.accessKey);
});
