import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { requestBody } from "./request-body.ts";

test.each([
  ["whole", true, Buffer.from("half and half")],
  ["of a caller who leaves in its middle", false, undefined],
])("a body %s is told by what is read of it", async (_what, whole, expected) => {
  const bodies: (Buffer | undefined)[] = [];
  const server = createServer(async (incoming, response) => {
    if (!whole) incoming.once("data", () => outgoing.destroy());
    bodies.push(await requestBody(incoming));
    response.end();
    server.close();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  // `as`: a server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  const outgoing = request({ port, host: "127.0.0.1", method: "POST", agent: false }, (answer) =>
    answer.resume(),
  );
  outgoing.on("error", () => {});
  outgoing.write("half ");
  if (whole) outgoing.end("and half");
  await once(server, "close");
  expect(bodies).toEqual([expected]);
});
