import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AdapterBench, callOf, textOf, tryAdapter } from "../../../test/support/try-function.ts";
import { RuntimeFailure, UndeliveredCall } from "../contract.ts";
import { createCustomAdapter } from "./custom-adapter.ts";

const node = `#!/opt/function/runtime/nodejs18.15/rtsp/nodejs/bin/node
const base = "http://" + process.env.RUNTIME_API_ADDR + "/v1/runtime/invocation";
async function next() {
  for (;;) {
    const response = await fetch(base + "/request");
    const id = response.headers.get("x-cff-request-id");
    if (id) return { id, headers: Object.fromEntries(response.headers), event: await response.json() };
  }
}
const post = (kind, id, body) => fetch(base + "/" + kind + "/" + id, { method: "POST", body });
`;

const python = `#!/usr/bin/env python3
import os, urllib.request
base = "http://" + os.environ["RUNTIME_API_ADDR"] + "/v1/runtime/invocation"
while True:
    with urllib.request.urlopen(base + "/request", timeout=300) as response:
        request = response.headers.get("X-Cff-Request-Id")
        event = response.read()
    if not request:
        continue
    print("got", len(event), flush=True)
    urllib.request.urlopen(urllib.request.Request(base + "/response/" + request, data=b"python: " + event)).read()
`;

/** The loop that the documents show. */
const documented = `#!/bin/sh
while true
do
  HEADERS="$(mktemp)"
  EVENT_DATA=$(curl -sS -LD "$HEADERS" -X GET "http://$RUNTIME_API_ADDR/v1/runtime/invocation/request")
  REQUEST_ID=$(grep -Fi x-cff-request-id "$HEADERS" | tr -d '[:space:]' | cut -d: -f2)
  if [ -z "$REQUEST_ID" ]; then
    continue
  fi
  RESPONSE="Echoing request: hello world!"
  curl -s -X POST "http://$RUNTIME_API_ADDR/v1/runtime/invocation/response/$REQUEST_ID" -d "$RESPONSE" > /dev/null
done
`;

const big = 6 * 1024 * 1024;

for (const level of ["process", "auto"] as const) {
  // Each test has an instance of its own.
  describe.concurrent(`a custom runtime (${level})`, () => {
    let bench: AdapterBench;
    beforeAll(async () => {
      bench = await tryAdapter((parts) => createCustomAdapter({ ...parts, pollSeconds: 0.2 }), level);
    });
    afterAll(() => bench.close());

    it("answers call after call, in Python", async () => {
      const worker = await bench.start({ bootstrap: python });
      await worker.initialize();
      for (const id of ["a", "b", "c"]) {
        const result = await worker.call(callOf({ id }, id));
        expect(textOf(result)).toEqual({ code: 0, payload: `python: {"id":"${id}"}` });
        expect(await result.settled).toBe(Buffer.byteLength(worker.printed()));
      }
      expect(worker.printed()).toBe("got 10\ngot 10\ngot 10\n");
    });

    it.each([
      ["as it has told the program not to hold it back", { PYTHONUNBUFFERED: "1" }, "got\n"],
      ["once the program lets it go", {}, ""],
    ])("has its output in the log of its call %s", async (_, userData, want) => {
      const worker = await bench.start(
        { bootstrap: python.replace(/print\(.*\)/, 'print("got")') },
        { userData },
      );
      await worker.initialize();
      const written = await (await worker.call(callOf({}))).settled;
      expect([worker.printed(), written]).toEqual([want, want.length]);
    });

    it("may be the documented shell script", async () => {
      const worker = await bench.start({ bootstrap: documented });
      await worker.initialize();
      expect(textOf(await worker.call(callOf({})))).toEqual({
        code: 0,
        payload: "Echoing request: hello world!",
      });
    });

    it("runs interpreters by their path on the service, and sees folders and variables", async () => {
      const worker = await bench.start(
        {
          bootstrap: `${node}(async () => {
            const { id, headers, event } = await next();
            const { RUNTIME_CODE_ROOT, RUNTIME_FUNC_NAME, COLOUR } = process.env;
            await post("response", id, JSON.stringify({ cwd: process.cwd(), file: __filename, RUNTIME_CODE_ROOT, RUNTIME_FUNC_NAME, COLOUR, headers, event }));
            setInterval(() => {}, 1000);
          })();`,
        },
        { userData: { COLOUR: "blue" }, hasAgency: true },
      );
      await worker.initialize();
      const { code, payload } = textOf(await worker.call({ ...callOf({ a: 1 }, "id-1"), type: "async" }));
      const { code: folder, root } = worker.place.seen;
      expect(code).toBe(0);
      expect(JSON.parse(payload)).toMatchObject({
        cwd: root,
        file: `${folder}/bootstrap`,
        RUNTIME_CODE_ROOT: folder,
        RUNTIME_FUNC_NAME: "hello",
        COLOUR: "blue",
        headers: {
          "x-cff-request-id": "id-1",
          "x-cff-invoke-type": "async",
          "x-cff-access-key": expect.any(String),
          "x-cff-secret-key": expect.any(String),
          "x-cff-security-token": expect.any(String),
          "x-cff-auth-token": expect.any(String),
        },
        event: { a: 1 },
      });
    });

    it("ends calls with errors, too large results and several answers as the table says", async () => {
      const worker = await bench.start({
        bootstrap: `${node}(async () => {
          for (;;) {
            const { id, headers, event } = await next();
            if (headers["x-cff-access-key"]) throw new Error("keys without an agency");
            const answers = [];
            for (const { kind, body, size, other } of event.answers)
              answers.push((await post(kind, other || id, size ? "x".repeat(size) : body)).status);
            console.log(answers.join());
          }
        })();`,
      });
      await worker.initialize();
      const table = [
        {
          answers: [{ kind: "error", body: '{"errorType":"Mine","errorMessage":"no"}' }],
          want: { code: 4002, payload: '{"errorType":"Mine","errorMessage":"no"}' },
          statuses: "200",
        },
        {
          answers: [{ kind: "error", body: "just text" }],
          want: {
            code: 4002,
            payload: expect.stringContaining('"function invocation exception, error: just text"'),
          },
          statuses: "200",
        },
        {
          answers: [{ kind: "error", body: "[1]" }],
          want: {
            code: 4002,
            payload: expect.stringContaining('"function invocation exception, error: [1]"'),
          },
          statuses: "200",
        },
        {
          answers: [{ kind: "response", size: big }],
          want: { code: 0, payload: "x".repeat(big) },
          statuses: "200",
        },
        {
          answers: [{ kind: "response", size: big + 1 }],
          want: {
            code: 4004,
            payload: expect.stringContaining(`response body size ${big + 1} exceeds the limit of ${big}`),
          },
          statuses: "413",
        },
        {
          answers: [
            { kind: "response", body: "unknown", other: "nobody" },
            { kind: "response", body: "first" },
            { kind: "response", body: "second" },
            { kind: "error", body: "third" },
          ],
          want: { code: 0, payload: "first" },
          statuses: "404,200,410,410",
        },
      ];
      for (const [index, { answers, want }] of table.entries())
        expect(textOf(await worker.call(callOf({ answers }, `id-${index}`)))).toEqual(want);
      // What is printed after the last answer comes before the next request.
      await worker.call(callOf({ answers: [{ kind: "response", body: "" }] }, "last"));
      expect(worker.printed().split("\n").slice(0, table.length)).toEqual(
        table.map(({ statuses }) => statuses),
      );
    });

    it("has several calls at once", async () => {
      const worker = await bench.start(
        {
          bootstrap: `${node}(async () => {
            const all = [await next(), await next(), await next()];
            for (const { id, event } of all.reverse()) await post("response", id, String(event));
            setInterval(() => {}, 1000);
          })();`,
        },
        { concurrency: 3 },
      );
      await worker.initialize();
      const results = await Promise.all([1, 2, 3].map((value) => worker.call(callOf(value, `id-${value}`))));
      expect(results.map((result) => textOf(result).payload)).toEqual(["1", "2", "3"]);
    });

    it("has all of its log when a call ends, 20,000 lines", async () => {
      const worker = await bench.start({
        bootstrap: `${node}(async () => {
          const { id } = await next();
          for (let line = 0; line < 20000; line++) console.log("line " + line);
          await new Promise((resolve) => process.stdout.write("", resolve));
          await post("response", id, "done");
          setInterval(() => {}, 1000);
        })();`,
      });
      await worker.initialize();
      const written = await (await worker.call(callOf({}))).settled;
      expect(written).toBe(Buffer.byteLength(worker.printed()));
      expect(worker.printed().split("\n")).toHaveLength(20_001);
    });

    it.each([
      ["that ends before it asks", "#!/bin/sh\necho starting\nexit 3\n", 4204, "with code 3"],
      ["whose interpreter is missing", "#!/nowhere/interpreter\n", 4204, "cannot be run"],
      ["with Windows line ends", "#!/bin/sh\r\nexit 1\r\n", 4204, "CRLF"],
      ["that never asks", "#!/bin/sh\nsleep 60\n", 4201, "has not asked", 1],
      [
        "that calls what is not there",
        "#!/bin/sh\n/opt/function/runtime/nodejs99.1/rtsp/nodejs/bin/node x\n",
        4204,
        "no program",
      ],
    ])("%s fails with advice in the log", async (_, bootstrap, code, advice, timeout = 10) => {
      const worker = await bench.start({ bootstrap }, { timeout });
      await expect(worker.initialize()).rejects.toMatchObject({ name: "RuntimeFailure", code });
      worker.kill();
      await worker.exited;
      expect(worker.printed()).toContain(advice);
    });

    it.each([
      [{ "function/bootstrap": "#!/bin/sh\n" }, "pack the content of function"],
      [{ "bootstrap.sh": "#!/bin/sh\n" }, "rename it"],
      [{ "index.js": "" }, "in its root"],
      [{ bootstrap: { text: "#!/bin/sh\n", mode: 0o644 } }, "chmod +x"],
    ])("without an executable bootstrap is not found: %j", async (files, advice) => {
      const worker = await bench.start(files);
      const failure = await worker.initialize().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(RuntimeFailure);
      expect(failure).toMatchObject({ code: 4202, message: "runtime bootstrap file is not found" });
      worker.kill();
      await worker.exited;
      expect(worker.printed()).toContain(advice);
    });

    it("that ends between two requests is gone", async () => {
      const worker = await bench.start({
        bootstrap: `${node}(async () => {
          const { id } = await next();
          await post("response", id, "bye");
          process.exit(5);
        })();`,
      });
      await worker.initialize();
      expect(textOf(await worker.call(callOf({})))).toEqual({ code: 0, payload: "bye" });
      expect(await worker.exited).toMatchObject({ code: 5 });
    });

    it("that ends after an answer leaves the next call to another instance", async () => {
      const worker = await bench.start({
        bootstrap: `${node}(async () => {
          const { id } = await next();
          await post("response", id, "bye");
          process.exit(0);
        })();`,
      });
      await worker.initialize();
      const order: string[] = [];
      void worker.exited.then(() => order.push("end"));
      expect(textOf(await worker.call(callOf({}, "1")))).toEqual({ code: 0, payload: "bye" });
      const next = worker.call(callOf({}, "2")).catch((error: unknown) => {
        order.push("undelivered");
        return error;
      });
      expect(await next).toBeInstanceOf(UndeliveredCall);
      await worker.exited;
      expect(order).toEqual(["undelivered", "end"]);
      await expect(worker.call(callOf({}, "3"))).rejects.toBeInstanceOf(UndeliveredCall);
    });

    it("that ends before its first call has failed it, as the next instance would", async () => {
      const worker = await bench.start({
        bootstrap: `${node}fetch(base + "/request").then(() => process.exit(0));`,
      });
      await worker.initialize();
      await new Promise((resolve) => worker.output.once("end", resolve));
      const call = worker.call(callOf({})).then(
        () => "answered",
        () => "undelivered",
      );
      expect(await Promise.race([call, worker.exited.then(() => "ended")])).toBe("ended");
    });
  });
}
