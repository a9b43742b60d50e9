import { afterEach, describe, expect, it } from "vitest";
import { ada, addLocalFunction, bob } from "../../../test/support/local-app.ts";
import { triggerCalls } from "../../../test/support/trigger-calls.ts";
import {
  type TriggerApp,
  type TriggerServer,
  triggerApp,
  triggerServer,
} from "../../../test/support/trigger-server.ts";
import { triggerSettings } from "../../../test/support/trigger-settings.ts";

const running: TriggerServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(): Promise<{ app: TriggerApp; server: TriggerServer }> {
  const app = triggerApp();
  for (const caller of [ada, bob]) await addLocalFunction(app, caller);
  const server = await triggerServer(app);
  running.push(server);
  return { app, server };
}

async function control(
  server: TriggerServer,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { "X-Emulator-Control": "1" },
): Promise<[number, unknown]> {
  const response = await fetch(`${server.url}/_emulator${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return [response.status, await response.json()];
}

const description = { bucket: "example-orders", key: "incoming/a.json" };

describe("/_emulator/events", () => {
  it("shows an example of every type, which can be sent as it is", async () => {
    const { server } = await start();
    const [status, body] = await control(server, "GET", "/events");
    // What the answer is checked for here.
    const { events } = body as { events: { type: string; path: string; example: object }[] };
    expect([status, events.length]).toEqual([200, 18]);
    for (const { path, example } of events) {
      const [sent, answer] = await control(server, "POST", path.replace("/_emulator", ""), example);
      expect([sent, answer]).toEqual([200, { event: expect.any(Object), invoked: [] }]);
    }
  });

  it("shows of a type what its descriptions may say, and the event that its example makes", async () => {
    const { server } = await start();
    const [status, body] = await control(server, "GET", "/events/obs");
    expect([status, body]).toEqual([
      200,
      {
        type: "OBS",
        path: "/_emulator/events/OBS",
        example: expect.objectContaining({ bucket: "example-orders" }),
        fields: {
          bucket: { required: true, description: expect.stringContaining("the name of the bucket") },
          key: { required: true, description: expect.stringContaining("the key of the object") },
          size: { required: false, description: expect.any(String) },
          event: { required: false, description: expect.any(String) },
          etag: { required: false, description: expect.any(String) },
          version_id: { required: false, description: expect.any(String) },
          project: { required: false, description: expect.any(String) },
        },
        event: { Records: [expect.objectContaining({ eventName: "ObjectCreated:Put" })] },
      },
    ]);
  });

  it("shows every type so", async () => {
    const { server } = await start();
    // As the list has them.
    const [, body] = await control(server, "GET", "/events");
    for (const { path, example } of (body as { events: { path: string; example: object }[] }).events) {
      const [status, one] = await control(server, "GET", path.replace("/_emulator", ""));
      const { fields } = one as { fields: object };
      expect([status, one]).toEqual([
        200,
        expect.objectContaining({ path, example, event: expect.any(Object) }),
      ]);
      expect(Object.keys(fields)).toEqual(expect.arrayContaining(Object.keys(example)));
    }
  });

  it("says which types there are when it is asked for another", async () => {
    const { server } = await start();
    expect(await control(server, "GET", "/events/NOTHING")).toEqual([
      400,
      { error_code: "FSS.0400", error_msg: expect.stringContaining("known are TIMER") },
    ]);
  });

  it("makes an event and invokes what is bound to it, in the project that is named or the first", async () => {
    const { app, server } = await start();
    const calls = triggerCalls(app);
    const { body: first } = await calls.create("OBS");
    const { body: second } = await calls.create("OBS", undefined, { caller: bob });
    for (const [project, trigger] of [
      [undefined, first],
      [bob.projectId, second],
    ] as const) {
      const [status, body] = await control(server, "POST", "/events/OBS", { ...description, project });
      const urn = `urn:fss:eu-de:${project ?? ada.projectId}:function:default:hello-orders:latest`;
      const request = app.accepted.at(-1);
      expect(status).toBe(200);
      expect(body).toEqual({
        event: JSON.parse(Buffer.from(request?.event ?? []).toString()),
        invoked: [{ function_urn: urn, trigger_id: trigger.trigger_id, request_id: request?.requestId }],
      });
      expect(request).toMatchObject({ projectId: project ?? ada.projectId, urn });
    }
  });

  it.each([
    ["OBS", { key: "k" }, "bucket is missing"],
    ["NOTHING", {}, "known are TIMER"],
    ["OBS", { ...description, project: 5 }, "project must be the ID"],
    ["OBS", { ...description, project: "nope" }, 'is "nope"; there is'],
    ["OBS", [], "must be an object"],
    ["OBS", "{", "not JSON"],
  ])("refuses %s %j and says why", async (type, body, message) => {
    const { server } = await start();
    expect(await control(server, "POST", `/events/${type}`, body)).toEqual([
      400,
      { error_code: "FSS.0400", error_msg: expect.stringContaining(message) },
    ]);
  });

  it.each([
    ["POST", "/events/OBS"],
    ["GET", "/events"],
    ["GET", "/gateway"],
  ])("refuses %s %s without the control header", async (method, path) => {
    const { server } = await start();
    expect(await control(server, method, path, undefined, {})).toMatchObject([
      403,
      { error_code: "FSS.0403" },
    ]);
  });

  it.each([
    ["DELETE", "/events/OBS"],
    ["POST", "/events/OBS/more"],
    ["POST", "/gateway"],
  ])("has nothing at %s %s", async (method, path) => {
    const { server } = await start();
    expect(await control(server, method, path)).toMatchObject([404, { error_code: "APIGW.0101" }]);
  });
});

describe("/_emulator/gateway", () => {
  it("lists the addresses of all APIs", async () => {
    const { app, server } = await start();
    const { body } = await triggerCalls(app).create("APIG");
    await triggerCalls(app).create("TIMER");
    const url = `${server.url}/_apig/d4e5f60718293a4b5c6d7e8f901a2b3c/hello-orders`;
    expect(await control(server, "GET", "/gateway")).toEqual([
      200,
      {
        apis: [
          {
            url,
            method: "ANY",
            match_mode: "SWA",
            auth: "IAM",
            stage: "RELEASE",
            invocation_type: "sync",
            function_urn: `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders:latest`,
            project_id: ada.projectId,
            trigger_id: body.trigger_id,
            trigger_type_code: "APIG",
          },
        ],
      },
    ]);
  });

  it("lists addresses that can be called as they are", async () => {
    const { app, server } = await start();
    const data = { ...triggerSettings.APIG, path: "/grüß/a b/{id}", match_mode: "NORMAL", auth: "NONE" };
    await triggerCalls(app).create("APIG", data);
    const [, body] = await control(server, "GET", "/gateway");
    expect(body).toMatchObject({
      apis: [{ url: expect.stringMatching(/\/gr%C3%BC%C3%9F\/a%20b\/\{id\}$/) }],
    });
  });
});

it.each([
  [
    "GET",
    "/logs?functon=n",
    '/_emulator/logs has no query parameter "functon"; its query parameters are function, project, tail, follow.',
  ],
  ["GET", "/logs?function=a&function=b", "The query parameter function is given twice."],
  ["GET", "/events?type=OBS", '/_emulator/events has no query parameter "type"; it has no query parameters.'],
  ["POST", "/events/OBS?bucket=b", 'has no query parameter "bucket"'],
  ["GET", "/gateway?project=p", 'has no query parameter "project"'],
])("refuses %s %s, naming what is misspelt", async (method, path, message) => {
  const { server } = await start();
  expect(await control(server, method, path, method === "POST" ? description : undefined)).toEqual([
    400,
    { error_code: "FSS.0400", error_msg: expect.stringContaining(message) },
  ]);
});

it("/_emulator/logs refuses a project that is none", async () => {
  const { server } = await start();
  expect(await control(server, "GET", "/logs?project=nope")).toEqual([
    400,
    { error_code: "FSS.0400", error_msg: expect.stringContaining("project must be the ID of a project") },
  ]);
});
