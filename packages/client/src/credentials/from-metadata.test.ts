import { afterEach, expect, test } from "vitest";
import { type LocalServer, localServer, type Received, type Reply } from "../../test/support/local-server.ts";
import { manualClock } from "../../test/support/manual-clock.ts";
import { fromMetadata } from "./from-metadata.ts";

let server: LocalServer | undefined;
afterEach(() => server?.close());

const credential = {
  access: "AK",
  secret: "a-secret",
  securitytoken: "a-security-token",
  expires_at: "2026-03-02T10:00:00.000000Z",
};
const want = {
  accessKey: "AK",
  secretKey: "a-secret",
  securityToken: "a-security-token",
  expiresAt: new Date("2026-03-02T10:00:00Z"),
};

/** A metadata service with these answers to the request for a session and to that for the key. */
async function service(session: Reply | undefined, key: (received: Received) => Reply) {
  const made = await localServer((received) => (received.method === "PUT" ? session : key(received)));
  server = made;
  const clock = manualClock();
  return { server: made, clock, provider: fromMetadata({ endpoint: `${made.url}/`, clock }) };
}

test("a session is opened and the key asked for with its token", async () => {
  const { server, provider } = await service({ body: "SESSION\n" }, () => ({ body: { credential } }));
  expect(await provider()).toEqual(want);
  expect(server.received).toMatchObject([
    { method: "PUT", path: "/meta-data/latest/api/token", headers: { "x-metadata-token-ttl-seconds": "60" } },
    { method: "GET", path: "/openstack/latest/securitykey", headers: { "x-metadata-token": "SESSION" } },
  ]);
});

test.each([400, 404, 405, 503])(
  "a service that answers %i to the request for a session is asked without",
  async (status) => {
    const { server, provider } = await service({ status }, () => ({ body: { credential } }));
    expect(await provider()).toEqual(want);
    expect(server.received[1]?.headers).not.toHaveProperty("x-metadata-token");
  },
);

test("the key is kept, and renewed before it expires", async () => {
  const { server, clock, provider } = await service({ body: "SESSION" }, () => ({ body: { credential } }));
  await provider();
  await clock.advance(54 * 60_000);
  await provider();
  expect(server.received).toHaveLength(2);
  await clock.advance(60_000);
  await provider();
  expect(server.received).toHaveLength(4);
});

test.each<[string, Reply, string]>([
  [
    "a server without an agency",
    { status: 401, body: "Please configure Cloud Service Agency first" },
    "this server has no agency",
  ],
  ["another failure", { status: 500, body: "a-secret" }, "the metadata service answered 500"],
  ["something else than the service", { body: "<html>a-secret" }, "holds no key"],
  ["half a key", { body: { credential: { ...credential, access: undefined } } }, "holds no key"],
])("%s is a CredentialsError without secrets", async (_what, reply, message) => {
  const { provider } = await service({ body: "SESSION" }, () => reply);
  const error = await provider().catch((error: unknown) => error);
  expect(error).toMatchObject({ name: "CredentialsError", message: expect.stringContaining(message) });
  expect(String(error)).not.toContain("a-secret");
});

test("a service that does not answer is given up after the time it has", async () => {
  let arrived = () => {};
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  server = await localServer(() => {
    arrived();
    return undefined;
  });
  const clock = manualClock();
  const got = fromMetadata({ endpoint: server.url, clock, timeout: 1000 })();
  await arrival;
  await Promise.all([
    expect(got).rejects.toMatchObject({
      name: "CredentialsError",
      message: `fromMetadata: no answer within 1000 ms (${server.url}); check the address and the network`,
    }),
    clock.advance(1000),
  ]);
});

test("a service that is not there is a CredentialsError with the cause", async () => {
  server = await localServer(() => ({}));
  await server.close();
  await expect(fromMetadata({ endpoint: server.url })()).rejects.toMatchObject({
    name: "CredentialsError",
    message: expect.stringContaining("the connection failed"),
    cause: { name: "TypeError" },
  });
});
