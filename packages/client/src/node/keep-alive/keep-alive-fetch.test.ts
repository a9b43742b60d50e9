import { once } from "node:events";
import { createServer, Agent as HttpAgent, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { requestBody } from "../../../test/support/request-body.ts";
import { type KeepAliveFetch, keepAliveFetch } from "./keep-alive-fetch.ts";
import type { KeepAliveOptions } from "./keep-alive-options.ts";

const servers: Server[] = [];
const transports: KeepAliveFetch[] = [];

afterEach(() => {
  for (const transport of transports.splice(0)) transport.close();
  for (const server of servers.splice(0)) server.close();
});

async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  // `as`: a server that listens on a port has an address of this form.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function transport(options?: KeepAliveOptions): KeepAliveFetch {
  const made = keepAliveFetch(options);
  transports.push(made);
  return made;
}

/** Answers with what it was sent. */
const echo: RequestListener = async (request, response) => {
  const body = (await requestBody(request))?.toString();
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
};

/** The body read through its stream. */
async function streamed(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  await response.body?.pipeTo(new WritableStream({ write: (chunk) => void chunks.push(chunk) }));
  return Buffer.concat(chunks);
}

const large = new Uint8Array(3_000_000).map((_, i) => i % 251);

describe("what is sent", () => {
  test("method, path, query, headers and body arrive as given", async () => {
    const { url } = await serve(echo);
    const response = await transport()(`${url}/a:b?c=%20d`, {
      method: "post",
      headers: { "X-One": "1" },
      body: '{"é":1}',
    });
    expect(await response.json()).toMatchObject({
      method: "POST",
      url: "/a:b?c=%20d",
      headers: { "x-one": "1", "content-length": "8", "accept-encoding": "gzip" },
      body: '{"é":1}',
    });
  });

  test.each([
    ["a record", { "X-One": "1", "x-two": "2" }],
    [
      "pairs",
      [
        ["X-One", "1"],
        ["X-Two", "2"],
      ] satisfies [string, string][],
    ],
    ["a Headers object", new Headers({ "x-one": "1", "x-two": "2" })],
  ])("headers may be %s", async (_what, headers) => {
    const { url } = await serve(echo);
    expect(await (await transport()(url, { headers })).json()).toMatchObject({
      headers: { "x-one": "1", "x-two": "2" },
    });
  });

  test.each<[string, NonNullable<RequestInit["body"]>, string | undefined]>([
    ["text", "ab", "text/plain;charset=UTF-8"],
    ["bytes", new Uint8Array([97, 98]), undefined],
    ["an ArrayBuffer", new Uint8Array([97, 98]).buffer, undefined],
    ["another view", new DataView(new Uint8Array([0, 97, 98]).buffer, 1), undefined],
    ["a Blob", new Blob(["ab"], { type: "text/x" }), "text/x"],
    ["a stream", new Blob(["ab"]).stream(), undefined],
  ])("a body may be %s", async (_what, body, type) => {
    const { url } = await serve(echo);
    const got = await (await transport()(url, { method: "PUT", body })).json();
    expect(got.body).toBe("ab");
    expect(got.headers["content-type"]).toBe(type);
  });

  test("form fields go out as such", async () => {
    const { url } = await serve(echo);
    const got = await (
      await transport()(url, { method: "POST", body: new URLSearchParams({ a: "1 2" }) })
    ).json();
    expect(got).toMatchObject({
      body: "a=1+2",
      headers: { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" },
    });
  });

  test("a body of a DELETE has its length, so that the next request on the connection is read right", async () => {
    const { url } = await serve(echo);
    const fetch = transport({ maxSockets: 1 });
    const first = await (await fetch(url, { method: "DELETE", body: "{}" })).json();
    const second = await (await fetch(`${url}/next`)).json();
    expect([first.body, first.headers["content-length"], second.url]).toEqual(["{}", "2", "/next"]);
  });

  test("a Request is taken apart, and the second argument goes before it", async () => {
    const { url } = await serve(echo);
    const request = new Request(`${url}/r`, { method: "POST", headers: { "x-one": "1" }, body: "ab" });
    expect(await (await transport()(request, { method: "PUT" })).json()).toMatchObject({
      method: "PUT",
      url: "/r",
      headers: { "x-one": "1" },
      body: "ab",
    });
  });

  test("an address that is neither http: nor https: is refused", async () => {
    await expect(transport()("ftp://127.0.0.1/x")).rejects.toThrow(
      "ftp://127.0.0.1/x: only http: and https:",
    );
  });
});

describe("connections", () => {
  test("requests one after the other share one, also after answers whose body nobody needs", async () => {
    const ports = new Set<number | undefined>();
    const { url } = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.statusCode = request.url === "/none" ? 204 : 200;
      if (request.method === "HEAD") response.setHeader("content-length", "4");
      response.end(request.url === "/text" ? "text" : undefined);
    });
    const fetch = transport({ maxSockets: 1 });
    await fetch(`${url}/none`);
    await fetch(`${url}/empty`);
    await fetch(`${url}/head`, { method: "HEAD" });
    await (await fetch(`${url}/text`)).text();
    await (await fetch(`${url}/text`)).text();
    expect(ports.size).toBe(1);
  });

  test("no more than maxSockets are open at once", async () => {
    let most = 0;
    const { url, server } = await serve(async (_request, response) => {
      server.getConnections((_error, count) => {
        most = Math.max(most, count);
        response.end("ok");
      });
    });
    const fetch = transport({ maxSockets: 2 });
    await Promise.all(Array.from({ length: 10 }, async () => (await fetch(url)).text()));
    expect(most).toBe(2);
  });

  test("close ends them, also a request under way, and refuses the next", async () => {
    const fetch = transport();
    const { url } = await serve(() => fetch.close());
    await expect(fetch(url)).rejects.toThrow(TypeError);
    await expect(fetch(url)).rejects.toThrow(`GET ${url}/: this transport is closed`);
  });

  test("an agent of the caller's own is used and left open", async () => {
    const { url } = await serve(echo);
    const httpAgent = new HttpAgent({ keepAlive: true });
    const fetch = transport({ httpAgent });
    await (await fetch(url)).text();
    fetch.close();
    expect(Object.keys(httpAgent.freeSockets)).toHaveLength(1);
    httpAgent.destroy();
  });
});

describe("what comes back", () => {
  test("status, headers and address are those of the answer", async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(418, "Odd", [
        ["X-One", "1"],
        ["X-One", "2"],
        ["Content-Type", "text/x"],
      ]);
      response.end("body");
    });
    const response = await transport()(`${url}/p?q`);
    expect(response).toBeInstanceOf(Response);
    expect(response).toMatchObject({
      status: 418,
      statusText: "Odd",
      ok: false,
      url: `${url}/p?q`,
      bodyUsed: false,
    });
    expect(response.headers.get("x-one")).toBe("1, 2");
    expect(response.headers).toBe(response.headers);
  });

  test("a redirect is an answer like any other", async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(302, { location: "/other" }).end(),
    );
    expect((await transport()(url)).status).toBe(302);
  });

  test.each<[string, (response: Response) => Promise<unknown>, unknown]>([
    ["text", (response) => response.text(), '{"a":"é"}'],
    ["JSON", (response) => response.json(), { a: "é" }],
    ["an ArrayBuffer", async (response) => Buffer.from(await response.arrayBuffer()).toString(), '{"a":"é"}'],
    [
      "a Blob",
      async (response) => [(await response.clone().blob()).type, await (await response.blob()).text()],
      ["application/json", '{"a":"é"}'],
    ],
    ["a stream", async (response) => (await streamed(response)).toString(), '{"a":"é"}'],
    [
      "text after a look at the stream",
      async (response) => [response.body?.locked, await response.text()],
      [false, '{"a":"é"}'],
    ],
    [
      "two copies",
      async (response) => Promise.all([response.clone().text(), response.text()]),
      ['{"a":"é"}', '{"a":"é"}'],
    ],
  ])("the body can be read as %s, once", async (_what, read, want) => {
    const { url } = await serve((_request, response) => {
      response.setHeader("content-type", "application/json");
      response.write('{"a":');
      response.end('"é"}');
    });
    const response = await transport()(url);
    expect(await read(response)).toEqual(want);
    expect(response.bodyUsed).toBe(true);
    expect(() => response.body).not.toThrow();
    await expect(response.text()).rejects.toThrow(TypeError);
    expect(() => response.clone()).toThrow(TypeError);
  });

  test("form data is parsed", async () => {
    const { url } = await serve((_request, response) => {
      response.setHeader("content-type", "application/x-www-form-urlencoded").end("a=1");
    });
    expect((await (await transport()(url)).formData()).get("a")).toBe("1");
  });

  test.each([204, 205, 304])("the body of a %i is null and its text empty", async (status) => {
    const { url } = await serve((_request, response) => response.writeHead(status).end());
    const response = await transport()(url);
    expect([response.body, await response.text()]).toEqual([null, ""]);
  });

  test.each([
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    ["unheard-of", (bytes: Uint8Array) => bytes],
  ])("a body in the encoding %s is decoded, read at once or as a stream", async (encoding, encode) => {
    const { url } = await serve((_request, response) =>
      response.setHeader("content-encoding", encoding).end(encode(large)),
    );
    const fetch = transport();
    expect(Buffer.compare(await (await fetch(url)).bytes(), large)).toBe(0);
    expect(Buffer.compare(await streamed(await fetch(url)), large)).toBe(0);
  });

  test("without compression no encoding is asked for", async () => {
    const { url } = await serve(echo);
    const got = await (await transport({ compression: false })(url)).json();
    expect(got.headers).not.toHaveProperty("accept-encoding");
  });
});

describe("what can go wrong", () => {
  test("a refused connection is a TypeError that names the request, and its cause the code", async () => {
    const { url, server } = await serve(echo);
    server.close();
    const error = await transport()(`${url}/a?secret=1`, { method: "PUT" }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({
      message: expect.stringMatching(`^PUT ${url}/a: .*ECONNREFUSED`),
      cause: { code: "ECONNREFUSED" },
    });
  });

  test("a connection that ends before the answer is a TypeError with the code", async () => {
    const { url } = await serve((request) => request.socket.destroy());
    await expect(transport()(url)).rejects.toMatchObject({
      name: "TypeError",
      cause: { code: "ECONNRESET" },
    });
  });

  test.each([
    ["text", (response: Response) => response.text()],
    ["a stream", streamed],
  ])(
    "a connection that ends within the body, read as %s, is a TypeError with the code",
    async (_what, read) => {
      const { url } = await serve((request, response) => {
        response.setHeader("content-length", "10");
        response.write("half", () => request.socket.destroy());
      });
      const response = await transport()(url);
      await expect(read(response)).rejects.toMatchObject({
        name: "TypeError",
        cause: { code: "ECONNRESET" },
      });
    },
  );

  test("a connection that ended before the body was read is told to the reader", async () => {
    const { url } = await serve((request, response) => {
      response.setHeader("content-length", "10");
      response.write("half", () => request.socket.destroy());
    });
    const fetch = transport({ maxSockets: 1 });
    const response = await fetch(url);
    // The next request gets the only place when the first connection has ended.
    await fetch(url);
    await expect(response.text()).rejects.toMatchObject({ name: "TypeError", cause: { code: "ECONNRESET" } });
  });

  test.each([
    ["text", (response: Response) => response.text()],
    ["a stream", streamed],
  ])("a body larger than allowed, also only after decoding, read as %s, is an error", async (_what, read) => {
    const { url } = await serve((request, response) => {
      if (request.url === "/gzip") response.setHeader("content-encoding", "gzip");
      response.end(request.url === "/gzip" ? gzipSync(large) : large);
    });
    const fetch = transport({ maxResponseSize: 100_000 });
    for (const path of ["/plain", "/gzip"]) {
      await expect(read(await fetch(url + path))).rejects.toThrow(
        `GET ${url}${path}: the body is larger than maxResponseSize, 100000 bytes`,
      );
    }
  });

  test("a body that is not what its encoding says is an error", async () => {
    const { url } = await serve((_request, response) =>
      response.setHeader("content-encoding", "gzip").end("not gzip"),
    );
    await expect((await transport()(url)).text()).rejects.toMatchObject({
      name: "TypeError",
      cause: { code: "Z_DATA_ERROR" },
    });
  });

  test("a body to send that fails fails the request", async () => {
    const { url } = await serve(echo);
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("no more")) });
    await expect(transport()(url, { method: "POST", body })).rejects.toThrow(`POST ${url}/: no more`);
  });

  test("a signal that is aborted already sends nothing", async () => {
    let requests = 0;
    const { url } = await serve((_request, response) => {
      requests += 1;
      response.end();
    });
    await expect(transport()(url, { signal: AbortSignal.abort("gone") })).rejects.toBe("gone");
    expect(requests).toBe(0);
  });

  test("a signal ends the wait for an answer with its own reason", async () => {
    const controller = new AbortController();
    const { url } = await serve(() => controller.abort("enough"));
    await expect(transport()(url, { signal: controller.signal })).rejects.toBe("enough");
  });

  test.each([
    ["text", (response: Response) => response.text()],
    ["a stream", streamed],
  ])("a signal ends the reading of the body as %s with its own reason", async (_what, read) => {
    const controller = new AbortController();
    const { url } = await serve((_request, response) =>
      response.setHeader("content-length", "10").write("half"),
    );
    const response = await transport()(url, { signal: controller.signal });
    const reading = read(response);
    controller.abort("enough");
    await expect(reading).rejects.toBe("enough");
  });
});
