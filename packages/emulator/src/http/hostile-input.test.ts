import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { errorOf, exchange, sendThenRead, startWith } from "../../test/support/emulator-with.ts";
import type { EmulatorOptions } from "../options.ts";

const json = { "content-type": "application/json" };
/** More than the systems' buffers between a client and a server hold, and than any body may have here. */
const large = 30 * 1024 * 1024;

describe("hostile input", () => {
  it("of 100 MB is refused before it is read, and the server goes on", async () => {
    const { functions, quotas } = await startWith();
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
    const { functions } = await startWith();
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
    const { functions } = await startWith();
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
    const { functions } = await startWith();
    const response = await fetch(functions, { method: "POST", headers, body });
    expect([response.status, (await errorOf(response)).error_code]).toEqual([400, "FSS.0400"]);
  });

  it("with a flood of headers is refused", async () => {
    const { url } = await startWith();
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
    const { url } = await startWith();
    expect(await exchange(url, text)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("that comes too slowly is refused", async () => {
    const { url } = await startWith({}, { timeouts: { idle: 30 } });
    const answer = await exchange(
      url,
      "POST /v2/p/fgs/functions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408 .*FSS\.0408/s);
  });

  it("whose headers come too slowly is refused", async () => {
    const { url } = await startWith({}, { timeouts: { headers: 50 } });
    expect(await exchange(url, "GET / HTTP/1.1\r\nHost: ")).toMatch(/^HTTP\/1\.1 408 .*FSS\.0408/s);
  });

  it("over a half-closed connection is answered", async () => {
    const { url } = await startWith();
    const answer = await exchange(url, "GET /v2/p/fgs/quotas HTTP/1.1\r\nHost: localhost\r\n\r\n", (socket) =>
      socket.end(),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each(["", "Connection: close\r\n"])(
    "over a half-closed connection is answered, however long that takes (%j)",
    async (header) => {
      const { url } = await startWith({
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
    const { url } = await startWith();
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
    const { url, quotas } = await startWith({}, options);
    for (const connection of ["close", "keep-alive"]) {
      const head = `${line}\r\nHost: localhost\r\nConnection: ${connection}\r\n${headers}Content-Length: ${large}\r\n\r\n`;
      expect(await sendThenRead(url, [head, Buffer.alloc(large, 0x20)])).toMatch(want);
    }
    expect((await fetch(quotas)).status).toBeLessThan(402);
  });

  it("without an announced length is answered to who reads no answer before all is sent", async () => {
    const { url } = await startWith();
    const head =
      "POST /v2/p/fgs/functions/hello/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    const body = `${large.toString(16)}\r\n${" ".repeat(large)}\r\n0\r\n\r\n`;
    expect(await sendThenRead(url, [head, body])).toMatch(/ 413 .*FSS\.0413/s);
  });

  it("behind a request without a body's place is answered whole, also with a stream", async () => {
    const { url } = await startWith();
    const head = `GET /_emulator/snapshot HTTP/1.1\r\nHost: localhost\r\nX-Emulator-Control: 1\r\nConnection: close\r\nContent-Length: ${large}\r\n\r\n`;
    expect(await sendThenRead(url, [head, Buffer.alloc(large)])).toMatch(/ 200 .*\r\n0\r\n\r\n$/s);
  });

  it("that ends in the middle leaves nothing behind", async () => {
    const { url, quotas } = await startWith();
    await exchange(
      url,
      "POST /v2/p/fgs/functions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{",
      (socket) => socket.destroy(),
    );
    expect((await fetch(quotas)).status).toBe(200);
  });
});
