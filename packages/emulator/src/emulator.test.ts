import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createEmulator } from "./emulator.ts";
import { routes } from "./generated/routes.ts";
import type { EmulatorOptions } from "./options.ts";
import type { Emulator } from "./start-emulator.ts";

const running: Emulator[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close(0)));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator({ validateResponses: true, logLevel: "silent", seed: 1, ...options });
  running.push(emulator);
  return emulator;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "functiongraph-"));
  folders.push(folder);
  return folder;
}

function call(emulator: Emulator, method: string, path: string, body?: unknown): Promise<Response> {
  const headers = { "X-Auth-Token": emulator.token, "content-type": "application/json" };
  return fetch(`${emulator.url}/v2/${emulator.projectId}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const hello = {
  func_name: "hello",
  package: "default",
  runtime: "Node.js20.15",
  timeout: 3,
  handler: "index.handler",
  memory_size: 128,
  code_type: "inline",
  func_code: { file: Buffer.from("exports.handler = async () => 1;").toString("base64") },
};

async function names(emulator: Emulator): Promise<string[]> {
  const response = await call(emulator, "GET", "/fgs/functions");
  // The response has been held against the description.
  const body = (await response.json()) as { functions: { func_name: string }[] };
  return body.functions.map((each) => each.func_name);
}

describe("an emulator", () => {
  it("keeps what it is told, within what the API describes", async () => {
    const emulator = await start();
    expect((await call(emulator, "POST", "/fgs/functions", hello)).status).toBe(200);
    expect(await names(emulator)).toEqual(["hello"]);
    emulator.reset();
    expect(await names(emulator)).toEqual([]);
    expect(emulator.violations).toEqual([]);
  });

  it("answers each operation within what the API describes, whatever it is asked", async () => {
    const emulator = await start();
    await call(emulator, "POST", "/fgs/functions", hello);
    const values: Record<string, string> = {
      project_id: emulator.projectId,
      function_urn: "hello",
      func_urn: "hello",
      resource_type: "functions",
      action: "filter",
      period: "60",
    };
    const statuses: [string, number][] = [];
    // What deletes goes last.
    const ordered = [...routes].sort((a, b) => Number(a.method === "DELETE") - Number(b.method === "DELETE"));
    for (const route of ordered) {
      const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "x");
      const headers = { "X-Auth-Token": emulator.token, "content-type": "application/json" };
      const response = await fetch(emulator.url + path, {
        method: route.method,
        headers,
        ...(route.body === "none" ? {} : { body: "{}" }),
      });
      statuses.push([route.id, response.status]);
    }
    expect(emulator.violations).toEqual([]);
    expect(statuses.filter(([, status]) => status === 401 || status === 500)).toEqual([]);
  });

  it("resets no project that there is not, and names those that there are", async () => {
    const emulator = await start({ data: newFolder() });
    await call(emulator, "POST", "/fgs/functions", hello);
    expect(() => emulator.reset("p9")).toThrow(`is "p9"; there is ${emulator.projectId} (eu-de).`);
    const headers = { "X-Emulator-Control": "1" };
    const refused = await fetch(`${emulator.url}/_emulator/reset?project=p9`, { method: "POST", headers });
    expect(refused.status).toBe(400);
    expect(await names(emulator)).toEqual(["hello"]);
  });

  it("forgets nothing on disk", async () => {
    const data = newFolder();
    const first = await start({ data });
    await call(first, "POST", "/fgs/functions", hello);
    await first.close();
    expect(await names(await start({ data }))).toEqual(["hello"]);
  });

  it("shares its folder with no other", async () => {
    const data = newFolder();
    await start({ data });
    await expect(start({ data })).rejects.toThrow(/in use by this process/);
  });

  it("lets go of its folder when its port cannot be had", async () => {
    const data = newFolder();
    const { port } = await start();
    await expect(start({ data, port })).rejects.toThrow(/in use by another program/);
    expect(await names(await start({ data }))).toEqual([]);
  });

  it("keeps projects apart", async () => {
    const projects = [
      { id: "p1", name: "eu-de" },
      { id: "p2", name: "eu-de_other" },
    ];
    const users = [
      { name: "a", password: "example-1", projects: ["p1"] },
      { name: "b", password: "example-2", projects: ["p2"] },
    ];
    const emulator = await start({ projects, users, authentication: "off" });
    await call(emulator, "POST", "/fgs/functions", hello);
    const other = await fetch(`${emulator.url}/v2/p2/fgs/functions`);
    expect(await other.json()).toMatchObject({ functions: [] });
  });

  it("gives the same answers for the same seed", async () => {
    const answer = async (): Promise<unknown> => {
      const emulator = await start({ seed: 7, time: new Date("2026-03-02T09:00:00Z") });
      const response = await call(emulator, "POST", "/fgs/functions", hello);
      return [response.headers.get("x-request-id"), await response.json()];
    };
    expect(await answer()).toEqual(await answer());
  });
});
