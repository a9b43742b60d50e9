import { once } from "node:events";
import { createEmulator, type Emulator } from "@functiongraph/emulator";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { packZip, type ZipEntry } from "./hostile-zips.ts";
import { rawSocket, statusOf } from "./raw-socket.ts";
import { helloOrders, type Service, serviceOf } from "./service.ts";

const mib = 1024 * 1024;

let emulator: Emulator;
let service: Service;
let head: (method: string, path: string, more?: string) => string;

beforeAll(async () => {
  emulator = await createEmulator({
    validateResponses: true,
    timeouts: { idle: 300, total: 2000, headers: 1000 },
    limits: { maxUnpacked: 16 * mib },
    logLevel: "silent",
  });
  service = serviceOf(emulator);
  const { host } = new URL(emulator.url);
  head = (method, path, more = "") =>
    `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nX-Auth-Token: ${emulator.token}\r\n${more}`;
  expect((await service.call("POST", "/fgs/functions", helloOrders)).status).toBe(200);
});
afterEach(async () => {
  // Whatever was sent, the server goes on and answers as the description says.
  const health = await fetch(`${emulator.url}/_emulator/health`);
  expect(health.status).toBe(200);
  expect((await service.call("GET", "/fgs/functions")).body.functions).toHaveLength(1);
  expect(emulator.violations).toEqual([]);
});
afterAll(async () => {
  await emulator.close();
});

const functions = () => `/v2/${emulator.projectId}/fgs/functions`;
const send = async (text: string | Buffer, patience?: number): Promise<string> => {
  const connection = await rawSocket(emulator.url);
  connection.write(text);
  return connection.answer(patience);
};

describe("paths that lead elsewhere", () => {
  it.each([
    "/../../../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2f..%2fetc%2fpasswd/config",
    "/..%5c..%5cwindows/config",
    "/default:..%2f..%2fetc/config",
    "/hello-orders%00.txt/config",
    "/hello-orders%0d%0aX-Injected:%201/config",
    "/%ff%fe/config",
    "/%E0%A4%A/config",
    `/${"x".repeat(20_000)}/config`,
    "/__proto__/config",
    "//config",
  ])("are refused: %s", async (path) => {
    const answer = await send(`${head("GET", `${functions()}${path}`)}Connection: close\r\n\r\n`);
    expect([400, 404]).toContain(statusOf(answer));
    expect(answer).toMatch(/"error_code":"(FSS|APIGW)\.\d{4}"/);
    expect(answer).not.toMatch(/root:|X-Injected: 1\r\n/);
  });
});

describe("ZIP files that mean harm", () => {
  const entry = (name: string, more: Partial<ZipEntry> = {}): ZipEntry => ({ name, ...more });
  const code = (zip: Buffer) => ({
    code_type: "zip",
    code_filename: "index.zip",
    func_code: { file: zip.toString("base64") },
  });
  const harmless = packZip([entry("index.js")]);

  it.each<{ name: string; zip: () => Buffer }>([
    { name: "a path out of the folder", zip: () => packZip([entry("../../outside.js")]) },
    { name: "an absolute path", zip: () => packZip([entry("/etc/cron.d/outside")]) },
    { name: "backslashes", zip: () => packZip([entry("..\\..\\outside.js")]) },
    { name: "a drive letter", zip: () => packZip([entry("C:/outside.js")]) },
    {
      name: "a link out of the folder",
      zip: () => packZip([entry("link", { content: Buffer.from("../../../etc/passwd"), mode: 0o120777 })]),
    },
    {
      name: "more than may be unpacked",
      zip: () => packZip([entry("a", { content: Buffer.alloc(20 * mib) })]),
    },
    {
      name: "more than may be unpacked in several files",
      zip: () => packZip(["a", "b", "c"].map((name) => entry(name, { content: Buffer.alloc(6 * mib) }))),
    },
    {
      name: "a size that is smaller than the truth",
      zip: () => packZip([entry("a", { content: Buffer.alloc(20 * mib), claimedSize: 10 })]),
    },
    {
      name: "a size that is larger than the truth",
      zip: () => packZip([entry("a", { claimedSize: 15 * mib })]),
    },
    { name: "a size of 4 GB", zip: () => packZip([entry("a", { claimedSize: 0xffff_fff0 })]) },
    { name: "half of itself", zip: () => harmless.subarray(0, harmless.length / 2) },
    { name: "nothing but noise", zip: () => Buffer.from("PK\u0003\u0004 and then nothing of a ZIP") },
    {
      name: "a directory that lies about its place",
      zip: () => Buffer.concat([harmless.subarray(0, -6), Buffer.from([0xff, 0xff, 0xff, 0x7f, 0, 0])]),
    },
  ])("are refused with $name, as code, as a dependency and as an import", async ({ zip }) => {
    const bytes = zip();
    const answers = [
      await service.call("PUT", "/fgs/functions/hello-orders/code", code(bytes)),
      await service.call("POST", "/fgs/functions", { ...helloOrders, func_name: "other", ...code(bytes) }),
      await service.call("POST", "/fgs/dependencies/version", {
        depend_type: "zip",
        depend_file: bytes.toString("base64"),
        runtime: "Node.js18.15",
        name: "greeting",
      }),
      await service.call("POST", "/fgs/functions/import", {
        func_name: "other",
        file_name: "a.zip",
        file_type: "zip",
        file_code: bytes.toString("base64"),
        package: "default",
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    for (const { body } of answers) expect(body.error_code).toMatch(/^FSS\.\d{4}$/);
  });

  it("are told from a harmless one", async () => {
    expect((await service.call("PUT", "/fgs/functions/hello-orders/code", code(harmless))).status).toBe(200);
  });
});

describe("bodies that are too much", () => {
  it("of 100 MB are refused at once when they announce themselves", async () => {
    const { socket, write, received } = await rawSocket(emulator.url);
    const started = performance.now();
    write(
      `${head("POST", functions(), "Content-Type: application/json\r\n")}Content-Length: ${100 * mib}\r\n\r\n{`,
    );
    await once(socket, "data");
    // Long before the time that a slow body may take.
    expect(performance.now() - started).toBeLessThan(2000);
    expect(statusOf(received())).toBe(413);
    socket.destroy();
  });

  it("of 100 MB in pieces are refused when the limit is reached", async () => {
    const { socket, received } = await rawSocket(emulator.url);
    socket.write(
      `${head("POST", `${functions()}/hello-orders/events`, "Content-Type: application/json\r\n")}Transfer-Encoding: chunked\r\n\r\n`,
    );
    const piece = Buffer.concat([Buffer.from("100000\r\n"), Buffer.alloc(mib, "["), Buffer.from("\r\n")]);
    let sent = 0;
    while (sent < 100 && received() === "" && !socket.destroyed) {
      await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
      sent++;
      // Beyond the limit, the answer may take its time on a busy machine.
      await new Promise((resolve) => setTimeout(resolve, sent > 12 ? 20 : 0));
    }
    expect(statusOf(received())).toBe(413);
    expect(sent).toBeLessThan(30);
    socket.destroy();
  });

  it.each([
    { name: "nested a million levels deep", body: "[".repeat(1_000_000) },
    {
      name: "nested a thousand levels deep in an object",
      body: `${'{"a":'.repeat(1000)}1${"}".repeat(1000)}`,
    },
    {
      name: "with a number of a million digits as timeout",
      body: JSON.stringify(helloOrders).replace("30", "9".repeat(1_000_000)),
    },
    { name: "with invalid UTF-8", body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) },
    {
      name: "with half of a surrogate pair as name",
      body: JSON.stringify({ ...helloOrders, func_name: "a" }).replace('"a"', '"\\ud800"'),
    },
    {
      name: "with inherited names",
      body: '{"__proto__":{"func_name":"x"},"constructor":{"prototype":{"polluted":true}}}',
    },
  ])("or $name are refused", async ({ body }) => {
    const response = await fetch(`${emulator.url}${functions()}`, {
      method: "POST",
      headers: { "X-Auth-Token": emulator.token, "Content-Type": "application/json" },
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error_code: expect.stringMatching(/^FSS\./) });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("requests that are no good HTTP", () => {
  it.each([
    {
      name: "a flood of headers",
      text: () =>
        `${head("GET", functions())}${Array.from({ length: 3000 }, (_, at) => `X-Flood-${at}: 1\r\n`).join("")}\r\n`,
      want: [400, 431],
    },
    {
      name: "one enormous header",
      text: () => `${head("GET", functions())}X-Flood: ${"x".repeat(200_000)}\r\n\r\n`,
      want: [400, 431],
    },
    {
      name: "two lengths",
      text: () => `${head("POST", functions())}Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}`,
      want: [400],
    },
    {
      name: "a length and pieces",
      text: () =>
        `${head("POST", functions())}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      want: [400],
    },
    {
      name: "a length below zero",
      text: () => `${head("POST", functions())}Content-Length: -1\r\n\r\n`,
      want: [400],
    },
    {
      name: "pieces of no size",
      text: () => `${head("POST", functions())}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n`,
      want: [400],
    },
    { name: "no host", text: () => "GET /_emulator/health HTTP/1.1\r\n\r\n", want: [400, 403] },
    {
      name: "another's host",
      text: () => "GET /_emulator/health HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n",
      want: [400, 403],
    },
    { name: "a protocol of another kind", text: () => "\u0016\u0003\u0001\u0000\u0000", want: [400] },
    { name: "a method that is none", text: () => `${head("BREW", functions())}\r\n`, want: [400, 405, 501] },
    { name: "CONNECT", text: () => "CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", want: [400] },
  ])("are refused: $name", async ({ text, want }) => {
    const answer = await send(text());
    expect(want).toContain(statusOf(answer));
  });

  it("do not hide a second request behind a body", async () => {
    const hidden = `${head("DELETE", `${functions()}/hello-orders`)}\r\n`;
    const answer = await send(
      `${head("GET", functions(), `Content-Length: ${hidden.length}\r\nConnection: close\r\n`)}\r\n${hidden}`,
    );
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});

describe("clients that take their time", () => {
  it("with a body are told so", async () => {
    const answer = await send(
      `${head("POST", functions(), "Content-Type: application/json\r\n")}Content-Length: 100\r\n\r\n{"func_name"`,
    );
    expect(statusOf(answer)).toBe(408);
    expect(answer).toContain("FSS.0408");
  });

  it("with their headers are told so, or cut off", async () => {
    const answer = await send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
    expect([0, 408]).toContain(statusOf(answer));
  });

  it("by the drop are cut off in the end", async () => {
    const { socket, write, answer } = await rawSocket(emulator.url);
    write(`${head("POST", functions(), "Content-Type: application/json\r\n")}Content-Length: 100000\r\n\r\n`);
    const drops = setInterval(() => socket.writable && socket.write(" "), 50);
    const text = await answer(6000);
    clearInterval(drops);
    expect([0, 408]).toContain(statusOf(text));
  });
});

describe("connections that break", () => {
  it("are answered when only one half is closed", async () => {
    const connection = await rawSocket(emulator.url);
    connection.socket.end(`${head("GET", functions())}Connection: close\r\n\r\n`);
    expect(statusOf(await connection.answer())).toBe(200);
  });

  it("within a body leave nothing behind", async () => {
    for (let count = 0; count < 50; count++) {
      const { socket } = await rawSocket(emulator.url);
      socket.write(
        `${head("POST", functions(), "Content-Type: application/json\r\n")}Content-Length: 1000\r\n\r\n{"func_name":"broken"`,
      );
      if (count % 2 === 0) socket.resetAndDestroy();
      else socket.destroy();
    }
  });

  it("that say nothing do not keep others waiting", async () => {
    const silent = await Promise.all(Array.from({ length: 200 }, () => rawSocket(emulator.url)));
    expect((await service.call("GET", "/fgs/quotas")).status).toBe(200);
    for (const { socket } of silent) socket.destroy();
  });
});
