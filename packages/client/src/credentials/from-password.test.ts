import { afterEach, expect, test } from "vitest";
import { type LocalServer, localServer, type Reply } from "../../test/support/local-server.ts";
import { manualClock } from "../../test/support/manual-clock.ts";
import { type FromPasswordOptions, fromPassword } from "./from-password.ts";

let server: LocalServer | undefined;
afterEach(() => server?.close());

const options = { user: "ada", password: "example-password", domain: "example-domain", project: "eu-de" };
const hour = 3_600_000;

/** IAM with this answer; each token is one higher. */
async function iam(reply: Reply = {}) {
  let count = 0;
  const made = await localServer(() => {
    count += 1;
    return {
      status: 201,
      headers: { "x-subject-token": `EXAMPLE-TOKEN-${count}` },
      body: { token: { expires_at: "2026-03-03T09:00:00.000000Z" } },
      ...reply,
    };
  });
  server = made;
  const clock = manualClock("2026-03-02T09:00:00Z");
  const provider = (more: Partial<FromPasswordOptions> = {}) =>
    fromPassword({ ...options, iamEndpoint: made.url, clock, ...more });
  return { server: made, clock, provider };
}

const user = { name: "ada", password: "example-password", domain: { name: "example-domain" } };

test.each<[string, Partial<FromPasswordOptions>, object]>([
  ["the project's name", {}, { project: { name: "eu-de" } }],
  ["the project's ID", { projectId: "0a1b" }, { project: { id: "0a1b" } }],
])("the user is signed in for %s", async (_what, more, scope) => {
  const { server, provider } = await iam();
  expect(await provider(more)()).toEqual({
    token: "EXAMPLE-TOKEN-1",
    expiresAt: new Date("2026-03-03T09:00:00Z"),
  });
  expect(server.received).toMatchObject([
    {
      method: "POST",
      path: "/v3/auth/tokens?nocatalog=true",
      headers: { "content-type": "application/json" },
    },
  ]);
  expect(JSON.parse(server.received[0]?.body ?? "")).toEqual({
    auth: { identity: { methods: ["password"], password: { user } }, scope },
  });
});

test.each(["", "/", "/v3", "/v3/"])("the address of IAM may end with %j", async (end) => {
  const { server, provider } = await iam();
  await provider({ iamEndpoint: `${server.url}${end}` })();
  expect(server.received[0]?.path).toBe("/v3/auth/tokens?nocatalog=true");
});

test.each([
  ["eu-de", "https://iam.eu-de.otc.t-systems.com/v3/auth/tokens?nocatalog=true"],
  ["eu-de_orders", "https://iam.eu-de.otc.t-systems.com/v3/auth/tokens?nocatalog=true"],
  ["cn-north-4", "https://iam.cn-north-4.myhuaweicloud.com/v3/auth/tokens?nocatalog=true"],
])("without an address, project %s is signed in at %s", async (project, want) => {
  const asked: string[] = [];
  const fetch = async (url: string) => {
    asked.push(url);
    return new Response("{}", { status: 201, headers: { "x-subject-token": "T" } });
  };
  await fromPassword({ ...options, project, fetch })();
  expect(asked).toEqual([want]);
});

test("the token is kept, renewed before it expires and when it was refused", async () => {
  const { server, clock, provider: make } = await iam();
  const provider = make();
  expect([await provider(), await provider()]).toMatchObject([
    { token: "EXAMPLE-TOKEN-1" },
    { token: "EXAMPLE-TOKEN-1" },
  ]);
  expect(await provider({ refresh: true })).toMatchObject({ token: "EXAMPLE-TOKEN-2" });
  await clock.advance(24 * hour - 5 * 60_000);
  expect(await provider()).toMatchObject({ token: "EXAMPLE-TOKEN-3" });
  expect(server.received).toHaveLength(3);
});

test("a token that does not say its end lives for a day", async () => {
  const { provider } = await iam({ body: {} });
  expect(await provider()()).toMatchObject({ expiresAt: new Date("2026-03-03T09:00:00Z") });
});

test.each<[string, Reply, string]>([
  [
    "a wrong password",
    { status: 401, body: { error: { code: 401, message: "The username or password is wrong." } } },
    "IAM answered 401, The username or password is wrong.; check user, password and domain",
  ],
  [
    "an unknown project",
    { status: 404, body: { error: { message: "No project." } } },
    "IAM answered 404, No project.; check the account and the project",
  ],
  [
    "too many requests",
    { status: 429, body: { error_code: "APIGW.0308", error_msg: "Throttled." } },
    "IAM answered 429, Throttled.; try again later",
  ],
  [
    "a page of a proxy",
    { status: 502, body: "<html>example-password" },
    "IAM answered 502, no reason given; try again later",
  ],
  ["a missing header", { headers: {} }, "shows no X-Subject-Token"],
])("%s is a CredentialsError without the password", async (_what, reply, message) => {
  const { provider } = await iam(reply);
  const error = await provider()().catch((error: unknown) => error);
  expect(error).toMatchObject({ name: "CredentialsError", message: expect.stringContaining(message) });
  expect(String(error)).not.toContain("example-password");
});

test.each<[string, object, string]>([
  ["an empty user", { user: "" }, "user: it is empty"],
  ["an empty password", { password: "" }, "password: it is empty"],
  ["an empty domain", { domain: "" }, "domain: it is empty"],
  ["no project", { project: undefined }, "project: it is missing"],
  [
    "an ID of a project without IAM's address",
    { project: undefined, projectId: "0a1b" },
    "iamEndpoint: it is missing",
  ],
])("%s is a ValidationError at once", (_what, wrong, message) => {
  expect(() => fromPassword({ ...options, ...wrong })).toThrow(message);
});
