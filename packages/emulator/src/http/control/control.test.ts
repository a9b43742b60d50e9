import { afterEach, describe, expect, it } from "vitest";
import type { Handlers } from "../../contract/handler.ts";
import { resolveOptions } from "../../options.ts";
import { type Emulator, startEmulator } from "../../start-emulator.ts";
import { collection } from "../../store/store.ts";

const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close(0)));
});

const notes = collection<{ text: string; digest?: string }>("note");

/** An emulator whose listQuotas counts the notes of a project, and whose enableLtsLogs adds one with a package. */
async function start(): Promise<
  Emulator & { count(project: string): Promise<number>; add(project: string): Promise<void> }
> {
  const handlers: Partial<Handlers> = {
    listQuotas: ({ caller }, app) => ({
      body: {
        quotas: {
          resources: [
            {
              used: app.store.read((tx) => tx.count(notes, caller.projectId)),
              quota: app.packages.list().length,
              type: "t",
              unit: "u",
            },
          ],
        },
      },
    }),
    enableLtsLogs: async ({ caller }, app) => {
      const { digest } = await app.packages.put(Buffer.from(caller.projectId));
      app.store.write((tx) => tx.put(notes, caller.projectId, app.rng.uuid(), { text: "note", digest }));
      return {};
    },
  };
  // The operations that the tests call.
  const emulator = await startEmulator(
    resolveOptions({ authentication: "off", logLevel: "silent", time: new Date("2026-03-02T09:00:00Z") }),
    () => handlers as Handlers,
  );
  running.push(emulator);
  return Object.assign(emulator, {
    count: async (project: string) => {
      const response = await fetch(`${emulator.url}/v2/${project}/fgs/quotas`);
      // What the handler above answers.
      const body = (await response.json()) as { quotas: { resources: [{ used: number }] } };
      return body.quotas.resources[0].used;
    },
    add: async (project: string) =>
      void (await fetch(`${emulator.url}/v2/${project}/fgs/functions/enable-lts-logs`, { method: "POST" })),
  });
}

async function control(
  emulator: Emulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { "X-Emulator-Control": "1" },
): Promise<[number, Record<string, unknown>]> {
  const response = await fetch(`${emulator.url}/_emulator${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  // Every answer of these is an object.
  return [response.status, (await response.json()) as Record<string, unknown>];
}

describe("/_emulator", () => {
  it("tells its health to everyone", async () => {
    expect(await control(await start(), "GET", "/health", undefined, {})).toEqual([
      200,
      expect.objectContaining({ status: "ok", region: "eu-de", frozen: true, violations: 0 }),
    ]);
  });

  it.each([
    ["POST", "/reset"],
    ["GET", "/snapshot"],
    ["PUT", "/snapshot"],
    ["GET", "/clock"],
    ["POST", "/clock/freeze"],
    ["POST", "/clock/advance"],
    ["POST", "/clock/resume"],
  ])("refuses %s %s without its header, as a web page could send it", async (method, path) => {
    expect(await control(await start(), method, path, method === "GET" ? undefined : {}, {})).toMatchObject([
      403,
      { error_code: "FSS.0403" },
    ]);
  });

  it("resets one project, or all", async () => {
    const emulator = await start();
    for (const project of ["p1", "p1", "p2", "p3"]) await emulator.add(project);
    expect(await control(emulator, "POST", "/reset", { project: "p1" })).toEqual([200, {}]);
    expect(await Promise.all(["p1", "p2", "p3"].map(emulator.count))).toEqual([0, 1, 1]);
    expect(await control(emulator, "POST", "/reset?project=p2")).toEqual([200, {}]);
    expect(await Promise.all(["p1", "p2", "p3"].map(emulator.count))).toEqual([0, 0, 1]);
    expect(await control(emulator, "POST", "/reset")).toEqual([200, {}]);
    expect(await Promise.all(["p1", "p2", "p3"].map(emulator.count))).toEqual([0, 0, 0]);
  });

  it("gives its state out and takes it back, in another emulator as well", async () => {
    const [first, second] = [await start(), await start()];
    await first.add("p1");
    await first.add("p1");
    const headers = { "X-Emulator-Control": "1" };
    const taken = await fetch(`${first.url}/_emulator/snapshot`, { headers });
    expect(taken.headers.get("content-type")).toBe("application/octet-stream");
    const snapshot = new Uint8Array(await taken.arrayBuffer());
    await second.add("p2");
    const given = await fetch(`${second.url}/_emulator/snapshot`, { method: "PUT", headers, body: snapshot });
    expect([given.status, await given.json()]).toEqual([200, { packages: 1, documents: 2 }]);
    expect(await Promise.all(["p1", "p2"].map(second.count))).toEqual([2, 0]);
  });

  it.each([[{}], ["x"], ["x".repeat(1_000_000)], [undefined]])(
    "does not take %.20j for a snapshot",
    async (body) => {
      const emulator = await start();
      await emulator.add("p1");
      expect(await control(emulator, "PUT", "/snapshot", body)).toMatchObject([
        400,
        { error_code: "FSS.0400" },
      ]);
      expect(await emulator.count("p1")).toBe(1);
    },
  );

  it("stops and moves the clock", async () => {
    const emulator = await start();
    expect(await control(emulator, "GET", "/clock")).toEqual([
      200,
      { now: "2026-03-02T09:00:00.000Z", frozen: true },
    ]);
    expect(await control(emulator, "POST", "/clock/advance", { seconds: 90.5 })).toEqual([
      200,
      { now: "2026-03-02T09:01:30.500Z", frozen: true },
    ]);
    expect(await control(emulator, "POST", "/clock/freeze", { at: "2027-01-01T00:00:00Z" })).toEqual([
      200,
      { now: "2027-01-01T00:00:00.000Z", frozen: true },
    ]);
    expect(await control(emulator, "POST", "/clock/resume")).toMatchObject([200, { frozen: false }]);
    expect(emulator.clock.frozen).toBe(false);
  });

  it.each([
    ["/clock/advance", {}, "seconds"],
    ["/clock/advance", { seconds: -1 }, "seconds"],
    ["/clock/advance", { seconds: "1" }, "seconds"],
    ["/clock/advance", { seconds: 1e300 }, "seconds"],
    ["/clock/advance", { seconds: 9e9 }, "ten years at most"],
    ["/clock/freeze", { at: "9999-01-01T00:00:00Z" }, "ten years at most"],
    ["/clock/freeze", { at: "tomorrow" }, "tomorrow"],
    ["/clock/freeze", { at: "2026-02-30T00:00:00Z" }, "2026-02-30"],
    ["/clock/freeze", { at: 5 }, "at"],
    ["/reset", { project: 5 }, "project"],
    ["/reset", [], "object"],
  ])("refuses POST %s %j", async (path, body, message) => {
    const emulator = await start();
    emulator.clock.setTimer(new Date("2026-03-03T00:00:00Z"), () => undefined);
    expect(await control(emulator, "POST", path, body)).toMatchObject([
      400,
      { error_code: "FSS.0400", error_msg: expect.stringContaining(message) },
    ]);
  });

  it.each([
    ["POST", "/reset", { projct: "p1" }, 'has no field "projct"; its fields are project.'],
    [
      "POST",
      "/reset?projct=p1",
      undefined,
      'has no query parameter "projct"; its query parameters are project.',
    ],
    ["POST", "/clock/freeze", { time: "2027-01-01T00:00:00Z" }, 'has no field "time"; its fields are at.'],
    ["POST", "/clock/resume", { at: 1 }, 'has no field "at"; it has no fields.'],
    [
      "PUT",
      "/snapshot?project=p1",
      undefined,
      'has no query parameter "project"; it has no query parameters.',
    ],
    ["GET", "/health?x=1", undefined, 'has no query parameter "x"'],
  ])("changes nothing on %s %s %j, which has a name that is none", async (method, path, body, message) => {
    const emulator = await start();
    await emulator.add("p1");
    expect(await control(emulator, method, path, body)).toMatchObject([
      400,
      { error_code: "FSS.0400", error_msg: expect.stringContaining(message) },
    ]);
    expect(await emulator.count("p1")).toBe(1);
  });

  it.each([
    ["POST", "/health", "answers GET"],
    ["GET", "/nothing", "GET /_emulator/health"],
  ])("names what is there when %s %s is not", async (method, path, message) => {
    expect(await control(await start(), method, path)).toMatchObject([
      404,
      { error_code: "APIGW.0101", error_msg: expect.stringContaining(message) },
    ]);
  });
});
