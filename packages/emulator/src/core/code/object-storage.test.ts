import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localApp } from "../../../test/support/local-app.ts";
import { readObject } from "./object-storage.ts";

const bucket = "https://example-orders.obs.eu-de.otc.t-systems.com";

let server: Server;
let base: string;
let asked: string[];

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (request.url === "/bucket/moved.zip") response.writeHead(302, { Location: "http://192.0.2.1/" }).end();
    else if (request.url === "/bucket/gone.zip") response.writeHead(404).end();
    else response.end(Buffer.alloc(1000));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address of this form.
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/`;
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

const read = (path: string, most = 1000): Promise<Uint8Array> =>
  readObject(
    localApp({
      objectStorage: new Map([
        [bucket, base],
        [`${bucket}/private/`, "/nowhere"],
      ]),
    }),
    `${bucket}${path}`,
    "code_url",
    most,
  );

describe("readObject over HTTP", () => {
  it("asks the configured address for the rest of the URL, without its query", async () => {
    expect(await read("/packages/resize%20image.zip?signature=x")).toHaveLength(1000);
    expect(asked).toEqual(["/bucket/packages/resize%20image.zip"]);
  });

  it.each([
    ["more bytes than allowed", "/a.zip", 999, "FSS.1071"],
    ["an object that is not there", "/gone.zip", 1000, "FSS.1054"],
    ["a redirect", "/moved.zip", 1000, "FSS.1054"],
    ["a way up", "/a/..%2f..%2fb.zip", 1000, "FSS.1054"],
    ["an address that another, longer prefix leads elsewhere", "/private/a.zip", 1000, "FSS.1054"],
    ["another host that starts alike", ".example.com/a.zip", 1000, "FSS.1054"],
    ["no object", "", 1000, "FSS.1010"],
  ])("refuses %s", async (_what, path, most, code) => {
    await expect(read(path, most)).rejects.toMatchObject({ code });
  });
});
