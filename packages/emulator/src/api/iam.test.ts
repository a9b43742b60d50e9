import { describe, expect, it } from "vitest";
import { answerOf, quotas, startForUsers } from "../../test/support/emulator-for-users.ts";
import type { Emulator } from "../start-emulator.ts";

describe("createToken", () => {
  const auth = (change: Record<string, unknown> = {}, scope: unknown = { project: { name: "eu-de" } }) => ({
    auth: {
      identity: {
        methods: ["password"],
        password: {
          user: { name: "ada", password: "example-password", domain: { name: "example-domain" }, ...change },
        },
      },
      scope,
    },
  });
  const signIn = (emulator: Emulator, body: unknown, query = ""): Promise<Response> =>
    fetch(`${emulator.url}/v3/auth/tokens${query}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  it("gives a token for a project", async () => {
    const emulator = await startForUsers();
    const response = await signIn(emulator, auth(), "?nocatalog=true");
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      token: {
        methods: ["password"],
        issued_at: "2026-03-02T09:00:00.000000Z",
        expires_at: "2026-03-03T09:00:00.000000Z",
        user: {
          id: expect.any(String),
          name: "ada",
          domain: { id: expect.any(String), name: "example-domain" },
          password_expires_at: "",
        },
        project: { id: "p1", name: "eu-de", domain: { id: expect.any(String), name: "example-domain" } },
        roles: [{ id: "0", name: "te_admin" }],
        catalog: [],
      },
    });
    expect(await quotas(emulator, { "X-Auth-Token": response.headers.get("x-subject-token") ?? "" })).toEqual(
      [200, "ada", "p1"],
    );
  });

  it("gives a token for the account, which is good for no project", async () => {
    const emulator = await startForUsers();
    const response = await signIn(emulator, auth({}, { domain: { name: "example-domain" } }));
    const { token } = await answerOf(response);
    expect([token.project, token.domain.name, token.catalog[0].endpoints[0].url]).toEqual([
      undefined,
      "example-domain",
      `${emulator.url}/v3`,
    ]);
    const headers = { "X-Auth-Token": response.headers.get("x-subject-token") ?? "" };
    expect(await quotas(emulator, headers)).toEqual([
      403,
      "FSS.0403",
      "Forbidden. The token is good for no project.",
    ]);
    expect((await fetch(`${emulator.url}/v3/projects`, { headers })).status).toBe(200);
  });

  it.each<[string, unknown, number, string]>([
    ["a wrong password", auth({ password: "wrong" }), 401, "The username or password is wrong."],
    ["an unknown user", auth({ name: "nobody" }), 401, "The username or password is wrong."],
    ["a wrong account", auth({ domain: { name: "other" } }), 401, "The username or password is wrong."],
    [
      "an unknown project",
      auth({}, { project: { name: "eu-xx" } }),
      404,
      "Could not find the project of the scope.",
    ],
    [
      "somebody else's project",
      auth({}, { project: { id: "p2" } }),
      403,
      "You are not authorized to perform the requested action.",
    ],
    [
      "another account's scope",
      auth({}, { domain: { name: "other" } }),
      404,
      "Could not find the account of the scope.",
    ],
    ["an empty scope of a project", auth({}, { project: {} }), 400, "auth.scope.project needs id or name"],
    [
      "another method",
      { auth: { ...auth().auth, identity: { ...auth().auth.identity, methods: ["totp"] } } },
      400,
      "must name password",
    ],
    ["no body to speak of", {}, 400, "auth is missing."],
    ["a password that is none", auth({ password: 12345678 }), 400, "password must be a text."],
  ])("refuses %s", async (_, body, status, message) => {
    const response = await signIn(await startForUsers(), body);
    expect([response.status, await response.json()]).toEqual([
      status,
      { error: { code: status, message: expect.stringContaining(message), title: expect.any(String) } },
    ]);
  });
});

describe("listProjects", () => {
  const list = async (emulator: Emulator, query: string): Promise<[number, unknown]> => {
    const response = await fetch(`${emulator.url}/v3/projects${query}`, {
      headers: { "X-Auth-Token": emulator.token },
    });
    const body = await answerOf(response);
    return [response.status, body.projects?.map(({ name }) => name) ?? body.error.message];
  };
  it.each<[string, number, unknown]>([
    ["", 200, ["eu-de"]],
    ["?name=eu-de", 200, ["eu-de"]],
    ["?name=eu-xx", 200, []],
    ["?enabled=false", 200, []],
    ["?page=1&per_page=1", 200, ["eu-de"]],
    ["?page=2&per_page=1", 200, []],
    ["?page=2", 400, "The parameters page and per_page must be sent together."],
    ["?per_page=5001&page=1", 400, "Invalid parameter. per_page must be at most 5000 and is 5001."],
    ["?domain_id=other", 404, "Could not find the account."],
  ])("%s is answered with %s %j", async (query, status, want) => {
    expect(await list(await startForUsers(), query)).toEqual([status, want]);
  });

  it("needs credentials", async () => {
    const response = await fetch(`${(await startForUsers()).url}/v3/projects`);
    expect([response.status, await response.json()]).toEqual([
      401,
      {
        error: {
          code: 401,
          message: expect.stringContaining("x-auth-token not found"),
          title: "Unauthorized",
        },
      },
    ]);
  });
});
