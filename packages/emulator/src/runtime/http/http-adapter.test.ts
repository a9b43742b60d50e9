import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type AdapterBench,
  callOf,
  type TriedWorker,
  textOf,
  tryAdapter,
} from "../../../test/support/try-function.ts";
import { type RuntimeResult, UndeliveredCall } from "../contract.ts";
import { becomesFree } from "./becomes-free.ts";
import { createHttpAdapter } from "./http-adapter.ts";

const bootstrap = "/opt/function/runtime/nodejs12.13/rtsp/nodejs/bin/node $RUNTIME_CODE_ROOT/index.js\n";

/** Answers by path: an echo, and what can go wrong. */
const server = `const http = require("http");
http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { pathname, searchParams } = new URL(request.url, "http://any");
  if (pathname === "/cookies") {
    response.setHeader("Set-Cookie", ["a=1", "b=2"]);
    response.setHeader("x-lower", "value");
    response.end("cookies");
  } else if (pathname === "/size") response.end("x".repeat(Number(searchParams.get("bytes"))));
  else if (pathname === "/exit") process.exit(7);
  else if (pathname === "/reset") request.socket.destroy();
  else if (pathname === "/missing") response.writeHead(404, { "Content-Type": "text/plain" }).end("nothing");
  else if (pathname === "/slow") setTimeout(() => response.end("slow"), Number(searchParams.get("ms")));
  else if (pathname === "/log") {
    for (let line = 0; line < 20000; line++) console.log("line " + line);
    // Once what it holds back for the pipe has gone.
    process.stdout.write("", () => response.end());
  } else {
    response.setHeader("Content-Type", "application/json");
    const body = Buffer.concat(chunks).toString("latin1");
    response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body, pid: process.pid, colour: process.env.COLOUR, cwd: process.cwd() }));
  }
}).listen(8000, "127.0.0.1", () => console.log("listening"));
`;

const event = {
  httpMethod: "GET",
  path: "/",
  headers: {},
  queryStringParameters: {},
  requestContext: {},
  body: "",
};

interface HttpResult {
  readonly body: string;
  readonly headers: Record<string, string[]>;
  readonly statusCode: number;
  readonly isBase64Encoded: boolean;
}

/** The result of a call that must have succeeded. */
function resultOf(result: RuntimeResult): HttpResult {
  const { code, payload } = textOf(result);
  expect(code).toBe(0);
  return JSON.parse(payload);
}

function echoOf(result: RuntimeResult): Record<string, unknown> {
  return JSON.parse(Buffer.from(resultOf(result).body, "base64").toString());
}

const big = 6 * 1024 * 1024;

/** Workers of the test that runs: those of a machine's own network have one port among them. */
const started: TriedWorker[] = [];
afterEach(async () => {
  for (const worker of started) worker.kill();
  await Promise.all(started.splice(0).map(({ exited }) => exited));
});

async function startOf(
  bench: AdapterBench,
  ...given: Parameters<AdapterBench["start"]>
): Promise<TriedWorker> {
  const worker = await bench.start(...given);
  started.push(worker);
  return worker;
}

/** A server's code with another port. */
function onPort(code: string, port: number): string {
  return code.replace("listen(8000", `listen(${port}`);
}

/** A port of this machine that nobody has: other programs may want the usual one too. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo; // It listens on a port.
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

for (const level of ["process", "auto"] as const) {
  describe(`an HTTP function (${level})`, () => {
    let bench: AdapterBench;
    let port: number;
    beforeAll(async () => {
      port = level === "process" ? await freePort() : 8000;
      bench = await tryAdapter(
        (parts) => createHttpAdapter({ ...parts, port, portTimes: { patience: 100 } }),
        level,
      );
    });
    afterAll(() => bench.close());

    const start = async (settings = {}, code = server) => {
      const worker = await startOf(
        bench,
        { bootstrap: { text: bootstrap, mode: 0o644 }, "index.js": onPort(code, port) },
        { runtime: "http", ...settings },
      );
      await worker.initialize();
      return worker;
    };

    it("gets what the event of the gateway describes", async () => {
      const worker = await start({ userData: { COLOUR: "blue" } });
      worker.watch(true);
      const call = callOf(
        {
          ...event,
          httpMethod: "POST",
          path: "/a path/ü",
          queryStringParameters: { b: "2 3", a: ["1", "x&y"] },
          headers: {
            Host: "shop.example.com",
            "x-mine": "yes",
            "Transfer-Encoding": "chunked",
            "content-length": "3",
            "x-cff-func-name": "forged",
            "bad name": "left out",
          },
          requestContext: { apiId: "api", requestId: "r-1", stage: "RELEASE", sourceIp: "203.0.113.7" },
          body: Buffer.from([0, 255, 1]).toString("base64"),
          isBase64Encoded: true,
        },
        "id-1",
      );
      expect(echoOf(await worker.call(call))).toEqual({
        method: "POST",
        url: "/a%20path/%C3%BC?a=1&a=x%26y&b=2+3",
        headers: {
          host: "shop.example.com",
          connection: "close",
          "content-length": "3",
          "x-mine": "yes",
          "x-apig-api-id": "api",
          "x-apig-request-id": "r-1",
          "x-apig-source-ip": "203.0.113.7",
          "x-apig-source-stage": "RELEASE",
          "x-cff-func-name": "hello",
          "x-cff-func-version": "latest",
          "x-cff-memory": "256",
          "x-cff-package": "default",
          "x-cff-project-id": "05a0c1ab3f4d4e2d8c6f7a9b1c2d3e4f",
          "x-cff-region": "eu-de",
          "x-cff-request-id": "id-1",
          "x-cff-timeout": "10",
        },
        body: "\u0000\u00ff\u0001",
        pid: expect.any(Number),
        colour: "blue",
        cwd: worker.place.seen.code,
      });
      expect(worker.printed()).toBe("listening\n");
      const { memoryMb } = await worker.call(callOf(event, "id-2"));
      // A server on Node.js, without the relay; systems other than Linux do not tell.
      if (process.platform === "linux") expect(memoryMb).toBeGreaterThan(3);
      expect(memoryMb).toBeLessThan(40);
    });

    it.skipIf(process.platform !== "linux")("tells its memory from the first call on", async () => {
      for (let round = 0; round < 3; round++) {
        const worker = await startOf(bench, { bootstrap, "index.js": onPort(server, port) });
        // As while any instance starts.
        worker.watch(true);
        await worker.initialize();
        expect((await worker.call(callOf(event))).memoryMb).toBeGreaterThan(3);
        worker.kill();
        await worker.exited;
      }
    });

    it("answers as the service was seen to: Base64, and headers as arrays in their order", async () => {
      const worker = await start();
      const { payload } = textOf(await worker.call(callOf({ ...event, path: "/cookies" })));
      expect(payload).toMatch(
        /^\{"body":"Y29va2llcw==","headers":\{"Content-Length":\["7"\],"Date":\["[^"]+"\],"Set-Cookie":\["a=1","b=2"\],"X-Lower":\["value"\]\},"statusCode":200,"isBase64Encoded":true\}$/,
      );
      const missing = resultOf(await worker.call(callOf({ ...event, path: "/missing" })));
      expect(missing).toMatchObject({ statusCode: 404, body: Buffer.from("nothing").toString("base64") });
    });

    it("refuses other events than those of the gateway", async () => {
      const worker = await start();
      for (const [other, message] of [
        [{ key: "value" }, "takes events of APIG only, and this one has no httpMethod"],
        [["list"], "takes events of APIG only, and this one is no object"],
        [{ httpMethod: "GET", body: {} }, "the body of an APIG event must be a string"],
      ] as const) {
        const { code, payload } = textOf(await worker.call(callOf(other)));
        expect([code, JSON.parse(payload).errorMessage]).toEqual([4002, expect.stringContaining(message)]);
      }
    });

    it("may answer with 6 MB and no more", async () => {
      const worker = await start();
      const size = (bytes: number) => callOf({ ...event, path: "/size", queryStringParameters: { bytes } });
      expect(Buffer.from(resultOf(await worker.call(size(big))).body, "base64")).toHaveLength(big);
      const { code, payload } = textOf(await worker.call(size(big + 1)));
      expect(code).toBe(4004);
      expect(payload).toContain(`response body size ${big + 1} exceeds the limit of ${big}`);
    });

    it("has several calls at once, and all of its log when a call ends", async () => {
      const worker = await start({ concurrency: 10 });
      const slow = [300, 200, 100].map((ms) =>
        worker.call(callOf({ ...event, path: "/slow", queryStringParameters: { ms } }, `id-${ms}`)),
      );
      const written = await (await worker.call(callOf({ ...event, path: "/log" }, "log"))).settled;
      expect(written).toBe(Buffer.byteLength(worker.printed()));
      expect(worker.printed().split("\n")).toHaveLength(20_002);
      await Promise.all(slow);
    });

    it("fails a call whose connection breaks, and is gone when its server ends", async () => {
      const worker = await start();
      const reset = textOf(await worker.call(callOf({ ...event, path: "/reset" })));
      expect(reset.code).toBe(4002);
      const open = worker.call(callOf({ ...event, path: "/exit" }));
      expect(await Promise.race([open, worker.exited])).toMatchObject({ code: 7, outOfMemory: false });
      expect(worker.printed()).toContain("bootstrap ended with code 7");
    });

    it.each(["Connection: Upgrade\\r\\nUpgrade: websocket\\r\\n", ""])(
      "fails a call whose server switches protocols, with the headers %j",
      async (headers) => {
        const worker = await start(
          {},
          `require("net").createServer((socket) => {
            socket.on("error", () => undefined);
            socket.once("data", () => socket.write("HTTP/1.1 101 Switching Protocols\\r\\n${headers}\\r\\n"));
          }).listen(8000, "127.0.0.1");`,
        );
        const { code, payload } = textOf(await worker.call(callOf(event)));
        expect([code, JSON.parse(payload).errorMessage]).toEqual([
          4002,
          expect.stringContaining("switches protocols (101)"),
        ]);
      },
    );

    it.each([
      { name: "ends", rest: "0.15" },
      { name: "lives on", rest: "100" },
    ])(
      "that ends after an answer, while its bootstrap $name, leaves the next call to another instance",
      async ({ rest }) => {
        const code = `require("http").createServer((request, response) => {
        response.end("bye", () => process.exit());
      }).listen(8000, "127.0.0.1");`;
        const worker = await startOf(
          bench,
          { bootstrap: `${bootstrap}echo server gone\nsleep ${rest}\n`, "index.js": onPort(code, port) },
          { runtime: "http" },
        );
        await worker.initialize();
        expect(Buffer.from(resultOf(await worker.call(callOf(event, "1"))).body, "base64").toString()).toBe(
          "bye",
        );
        await expect.poll(worker.printed).toContain("server gone");
        await expect(worker.call(callOf(event, "2"))).rejects.toBeInstanceOf(UndeliveredCall);
      },
    );

    /** A server that answers once, takes nothing more from then on, and ends a moment later. */
    const onceOnly = `require("http").createServer((request, response) => {
      response.end("bye", () => setImmediate(() => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
        process.exit();
      }));
    }).listen(8000, "127.0.0.1");`;

    it.each([
      { name: "has not read", asked: {}, ends: "another instance's" },
      { name: "may have begun with", asked: { httpMethod: "POST", body: "{}" }, ends: "lost" },
    ])("that ends with a call that it $name leaves it $ends", async ({ asked, ends }) => {
      const worker = await start({}, onceOnly);
      await worker.call(callOf(event, "1"));
      const next = worker.call(callOf({ ...event, ...asked }, "2"));
      if (ends === "lost") expect(await Promise.race([next, worker.exited])).toMatchObject({ signal: null });
      else await expect(next).rejects.toBeInstanceOf(UndeliveredCall);
      worker.kill();
      await worker.exited;
    });

    it("that has ceased to listen answers what it has before it leaves the next call to another instance", async () => {
      const worker = await start(
        { concurrency: 2 },
        `const server = require("http").createServer((request, response) => {
          server.close();
          console.log("closed");
          setTimeout(() => response.end("bye"), 400);
        }).listen(8000, "127.0.0.1");`,
      );
      const order: string[] = [];
      const first = worker.call(callOf(event, "1")).then(({ code }) => order.push(`answer ${code}`));
      await expect.poll(worker.printed).toContain("closed");
      const second = worker.call(callOf(event, "2")).catch((error: unknown) => {
        order.push("undelivered");
        return error;
      });
      expect(await second).toBeInstanceOf(UndeliveredCall);
      await first;
      expect(order).toEqual(["answer 0", "undelivered"]);
    });

    it("that listens on another port is told so where the network shows only its own", async () => {
      const elsewhere = port === 8000 ? 9000 : await freePort();
      const worker = await startOf(
        bench,
        { bootstrap, "index.js": onPort(server, elsewhere) },
        { runtime: "http", timeout: 1 },
      );
      await expect(worker.initialize()).rejects.toMatchObject({ code: 4201 });
      worker.kill();
      await worker.exited;
      const advice = `An HTTP function's server must listen on port ${port} of 127.0.0.1.`;
      const hint = bench.sandbox.level === "namespaces" ? ` It listens on port ${elsewhere}.` : "";
      expect(worker.printed()).toContain(`${advice}${hint}\n`);
      expect(worker.printed().match(/It listens on/g) ?? []).toHaveLength(hint === "" ? 0 : 1);
    });

    it("is asked for POST /init if it has an initializer", async () => {
      const script = `let seen = "";
      require("http").createServer((request, response) => {
        if (request.url === "/init") {
          seen = request.method;
          request.on("data", (chunk) => { seen += chunk; });
          response.statusCode = Number(process.env.STATUS);
        }
        response.end(seen);
      }).listen(8000, "127.0.0.1");`;
      const settings = { initializer: { handler: "init", timeout: 5 }, userData: { STATUS: "200" } };
      const worker = await start(settings, script);
      const { body } = resultOf(await worker.call(callOf(event)));
      expect(Buffer.from(body, "base64").toString()).toBe("POST{}");
      worker.kill();
      await worker.exited;
      await expect(start({ ...settings, userData: { STATUS: "500" } }, script)).rejects.toMatchObject({
        code: 4009,
        message: expect.stringContaining("POST /init answered 500"),
      });
    });

    it.each([
      ["that ends", "echo starting; exit 3\n", 4204, "ended with code 3 before its server listened"],
      [
        "that calls what is not there",
        "/opt/function/runtime/nodejs99.1/rtsp/nodejs/bin/node x\n",
        4204,
        "no program",
      ],
      ["with Windows line ends", "sleep 60\r\n", 4204, "CRLF"],
      ["that never listens", "sleep 60\n", 4201, "must listen on port PORT of 127.0.0.1", 0.2],
    ])("with a bootstrap %s fails with advice in the log", async (_, text, code, advice, timeout = 10) => {
      const worker = await startOf(bench, { bootstrap: text }, { runtime: "http", timeout });
      await expect(worker.initialize()).rejects.toMatchObject({ name: "RuntimeFailure", code });
      worker.kill();
      await worker.exited;
      expect(worker.printed()).toContain(advice.replace("PORT", String(port)));
    });

    it("without a bootstrap is not found", async () => {
      const worker = await startOf(bench, { "index.js": "" }, { runtime: "http" });
      await expect(worker.initialize()).rejects.toMatchObject({
        code: 4202,
        message: "runtime bootstrap file is not found",
      });
    });

    it("has several instances at once, or says why it cannot", async () => {
      const first = await start();
      if (bench.sandbox.level === "process") {
        const slow = first.call(callOf({ ...event, path: "/slow", queryStringParameters: { ms: 400 } }));
        await expect(start({ key: "other", name: "other" })).rejects.toMatchObject({
          code: 4201,
          message: expect.stringContaining("an instance of the function hello has it"),
        });
        expect(resultOf(await slow).statusCode).toBe(200);
        return;
      }
      const second = await start();
      const pids = await Promise.all(
        [first, second].map(async (worker) => echoOf(await worker.call(callOf(event))).pid),
      );
      expect(pids).toHaveLength(2);
    });
  });
}

describe("an HTTP function with a network of its own", () => {
  it("reaches other hosts through the announced proxy, tunnelled and plain", async () => {
    const bench = await tryAdapter((parts) => createHttpAdapter(parts), "auto");
    const target = createHttpServer((request, response) => response.end(`reached ${request.url}`));
    await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
    const { port } = target.address() as AddressInfo; // It listens on a port.
    const script = `const http = require("http");
      const { port } = new URL(process.env.HTTP_PROXY || "http://127.0.0.1:9");
      http.createServer((request, response) => {
        const target = "127.0.0.1:${port}";
        if (request.url === "/plain") http.get({ port, path: "http://" + target + "/plain", agent: false }, (answer) => answer.pipe(response));
        else if (request.url === "/direct") http.get({ port: ${port}, agent: false }, (answer) => answer.pipe(response)).on("error", () => response.end("not reached"));
        else http.request({ port, method: "CONNECT", path: target, agent: false }).on("connect", (_, socket) =>
          http.get({ createConnection: () => socket, path: "/tunnel" }, (answer) => answer.pipe(response))).end();
      }).listen(8000, "127.0.0.1");`;
    try {
      if (bench.sandbox.level !== "namespaces") return;
      const worker = await bench.start({ bootstrap, "index.js": script }, { runtime: "http" });
      await worker.initialize();
      const get = async (path: string): Promise<string> =>
        Buffer.from(resultOf(await worker.call(callOf({ ...event, path }))).body, "base64").toString();
      expect([await get("/plain"), await get("/tunnel"), await get("/direct")]).toEqual([
        "reached /plain",
        "reached /tunnel",
        "not reached",
      ]);
    } finally {
      target.close();
      await bench.close();
    }
  });
});

describe("HTTP functions in this machine's network", () => {
  let bench: AdapterBench;
  let port: number;
  let files: Record<string, string>;
  beforeAll(async () => {
    port = await freePort();
    files = { bootstrap, "index.js": onPort(server, port) };
    bench = await tryAdapter((parts) =>
      createHttpAdapter({ ...parts, httpNetwork: "host", port, portTimes: { firstCall: 100, foreign: 500 } }),
    );
  });
  afterAll(() => bench.close());

  /** Starts an instance of a function, calls it once, and gives its process. */
  const use = async (name: string): Promise<{ worker: TriedWorker; pid: unknown }> => {
    const worker = await startOf(bench, files, { runtime: "http", key: name, name });
    await worker.initialize();
    return { worker, pid: echoOf(await worker.call(callOf(event))).pid };
  };

  it("that are called at the same moment run one after the other, as idle ones make room", async () => {
    const all = await Promise.all(["first", "second", "third"].map(use));
    expect(new Set(all.map(({ pid }) => pid)).size).toBe(3);
    await Promise.all(all.slice(0, 2).map(({ worker }) => worker.exited));
  });

  it("can be started right after the last one has ended, and never meet its server", async () => {
    const pids = new Set<unknown>();
    for (let round = 0; round < 3; round++) {
      const { worker, pid } = await use("again");
      pids.add(pid);
      worker.kill();
    }
    expect(pids.size).toBe(3);
  });

  it("say so when another program has the port", async () => {
    const other = createServer();
    // What the last test has started takes a moment to be gone.
    await becomesFree(port, 2000);
    await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
    try {
      await expect(bench.start(files, { runtime: "http" })).rejects.toMatchObject({
        code: 4201,
        message: expect.stringContaining(
          `port ${port} of 127.0.0.1, and another program of this machine has it`,
        ),
      });
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });
});
