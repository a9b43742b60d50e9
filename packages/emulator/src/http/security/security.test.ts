import { request as httpRequest } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import type { Handlers } from "../../contract/handler.ts";
import { type EmulatorOptions, resolveOptions } from "../../options.ts";
import { type Emulator, startEmulator } from "../../start-emulator.ts";
import { hostCheck } from "./allowed-host.ts";

const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close(0)));
});

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = resolveOptions({ authentication: "off", logLevel: "silent", ...options });
  const handlers: Partial<Handlers> = {
    listQuotas: () => ({ body: { quotas: { resources: [] } } }),
    enableLtsLogs: () => ({}),
  };
  // The operations that the tests call.
  const emulator = await startEmulator(settings, () => handlers as Handlers);
  running.push(emulator);
  return emulator;
}

/** Sends a request with any headers; fetch sets Host and Origin itself. */
function send(
  emulator: Emulator,
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { host: "127.0.0.1", port: emulator.port, method, path, headers },
      (response) => {
        let body = "";
        response.on("data", (data) => {
          body += data;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    outgoing.on("error", reject).end();
  });
}

describe("the Host header", () => {
  it.each([
    ["localhost:8700", true],
    ["LOCALHOST", true],
    ["functiongraph.localhost:1", true],
    ["127.0.0.1:8700", true],
    ["127.8.8.8", true],
    ["[::1]:8700", true],
    ["192.168.1.5:80", true],
    ["emulator", true],
    ["emulator.:8700", true],
    ["evil.example:8700", false],
    ["127.0.0.1.evil.example", false],
    ["localhost.evil.example", false],
    ["evil.example:80@localhost", false],
    ["", false],
    [undefined, false],
  ])("%s may be called: %s", (header, want) => {
    const allows = hostCheck(["emulator"]);
    // What came before changes nothing.
    allows("localhost:8700");
    expect([allows(header), allows(header)]).toEqual([want, want]);
  });

  it.each(["/v2/p/fgs/quotas", "/_emulator/health"])(
    "of a page's own making does not reach %s",
    async (path) => {
      const { status, body } = await send(await start(), "GET", path, { host: "evil.example" });
      expect([status, JSON.parse(body)]).toMatchObject([
        403,
        { error_code: "FSS.0403", error_msg: expect.stringContaining("--allow-host") },
      ]);
    },
  );
});

describe("a web page", () => {
  it("of another origin may not call", async () => {
    const emulator = await start();
    for (const origin of [
      "http://evil.example",
      "null",
      `https://127.0.0.1:${emulator.port}`,
      "http://127.0.0.1:1",
    ]) {
      const answer = await send(emulator, "POST", "/v2/p/fgs/functions/enable-lts-logs", { origin });
      expect([answer.status, answer.headers["access-control-allow-origin"]], origin).toEqual([
        403,
        undefined,
      ]);
    }
    expect((await send(emulator, "GET", "/v2/p/fgs/quotas", { "sec-fetch-site": "cross-site" })).status).toBe(
      403,
    );
  });

  it("of the server's own or a configured origin may call, and read the answer", async () => {
    const emulator = await start({ origins: ["http://localhost:3000"] });
    for (const origin of [emulator.url, "http://localhost:3000"]) {
      const answer = await send(emulator, "GET", "/v2/p/fgs/quotas", { origin });
      expect([answer.status, answer.headers["access-control-allow-origin"], answer.headers.vary]).toEqual([
        200,
        origin,
        "Origin",
      ]);
      expect(answer.headers["access-control-expose-headers"]).toContain("X-Request-Id");
    }
  });

  it("may read refusals too", async () => {
    const emulator = await start({ origins: ["*"] });
    const answer = await send(emulator, "GET", "/nothing", { origin: "http://a.example" });
    expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([404, "http://a.example"]);
  });

  it("asks beforehand, and is told", async () => {
    const emulator = await start();
    const question = {
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,x-sdk-date",
    };
    const allowed = await send(emulator, "OPTIONS", "/v2/p/fgs/functions", {
      ...question,
      origin: emulator.url,
    });
    expect([
      allowed.status,
      allowed.headers["access-control-allow-methods"],
      allowed.headers["access-control-allow-headers"],
    ]).toEqual([204, "GET, POST", "authorization,x-sdk-date"]);
    const refused = await send(emulator, "OPTIONS", "/v2/p/fgs/functions", {
      ...question,
      origin: "http://evil.example",
    });
    expect([
      refused.status,
      refused.headers["access-control-allow-origin"],
      refused.headers["access-control-allow-methods"],
    ]).toEqual([403, undefined, undefined]);
  });
});
