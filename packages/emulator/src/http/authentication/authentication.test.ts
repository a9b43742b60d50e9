import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { iamHandlers } from "../../api/iam.ts";
import type { Handlers } from "../../contract/handler.ts";
import { type EmulatorOptions, resolveOptions } from "../../options.ts";
import { type Emulator, startEmulator } from "../../start-emulator.ts";
import { canonicalRequest, signatureOf } from "./sdk-signature.ts";

const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close(0)));
});

const time = new Date("2026-03-02T09:00:00Z");
const projects = [
  { id: "p1", name: "eu-de" },
  { id: "p2", name: "eu-de_other" },
];
const users = [
  { name: "ada", password: "example-password", projects: ["p1"] },
  { name: "eve", password: "example-password-2", projects: ["p2"] },
];

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = resolveOptions({
    projects,
    users,
    time,
    validateResponses: true,
    logLevel: "silent",
    ...options,
  });
  const emulator = await startEmulator(settings, (identity, baseUrl) => {
    const handlers: Partial<Handlers> = {
      ...iamHandlers(identity, baseUrl),
      listQuotas: ({ caller }) => ({
        body: {
          quotas: { resources: [{ type: caller.projectId, quota: 0, used: 0, unit: caller.userName }] },
        },
      }),
    };
    // The operations that the tests call.
    return handlers as Handlers;
  });
  running.push(emulator);
  return emulator;
}

async function quotas(
  emulator: Emulator,
  headers: Record<string, string>,
  project = "p1",
): Promise<unknown[]> {
  const response = await fetch(`${emulator.url}/v2/${project}/fgs/quotas`, { headers });
  const body = await answerOf(response);
  return [
    response.status,
    body.error_code ?? body.quotas.resources[0].unit,
    body.error_msg ?? body.quotas.resources[0].type,
  ];
}

interface Signing {
  path?: string;
  accessKey?: string;
  secretKey?: string;
  date?: string;
  names?: string[];
  more?: Record<string, string>;
}

function sign(
  emulator: Emulator,
  {
    path = "/v2/p1/fgs/quotas",
    accessKey,
    secretKey,
    date = "20260302T090000Z",
    names = ["host", "x-sdk-date"],
    more = {},
  }: Signing = {},
): Record<string, string> {
  const headers = { "x-sdk-date": date, ...more };
  const canonical = canonicalRequest({
    method: "GET",
    path,
    query: [],
    headers: { ...headers, host: new URL(emulator.url).host },
    signedHeaders: names,
    payloadHash: more["x-sdk-content-sha256"] ?? createHash("sha256").update("").digest("hex"),
  });
  const signature = signatureOf(canonical, date, secretKey ?? emulator.credentials.secretKey);
  const authorization = `SDK-HMAC-SHA256 Access=${accessKey ?? emulator.credentials.accessKey}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return { ...headers, authorization };
}

/** The parts of all answers that these tests look at. */
interface Answer {
  error_code?: string;
  error_msg?: string;
  error: { message: string };
  quotas: { resources: [{ type: string; unit: string }] };
  token: { project?: object; domain: { name: string }; catalog: [{ endpoints: [{ url: string }] }] };
  projects?: { name: string }[];
}

async function answerOf(response: Response): Promise<Answer> {
  return (await response.json()) as Answer;
}

describe("a token", () => {
  it("lets its user in", async () => {
    const emulator = await start();
    expect(await quotas(emulator, { "X-Auth-Token": emulator.token })).toEqual([200, "ada", "p1"]);
  });

  it("has to come", async () => {
    expect(await quotas(await start(), {})).toEqual([
      401,
      "APIGW.0301",
      "Incorrect IAM authentication information: x-auth-token not found",
    ]);
  });

  it("has to be one", async () => {
    expect(await quotas(await start(), { "X-Auth-Token": "EXAMPLE-TOKEN" })).toEqual([
      401,
      "APIGW.0301",
      "Incorrect IAM authentication information: decrypt token fail",
    ]);
  });

  it("has to be younger than 24 hours", async () => {
    const emulator = await start();
    emulator.clock.advance(86_400_000);
    expect(await quotas(emulator, { "X-Auth-Token": emulator.token })).toEqual([
      401,
      "APIGW.0307",
      "The token must be updated. It expired at 2026-03-03T09:00:00.000Z.",
    ]);
  });

  it("is good for its own project only", async () => {
    const emulator = await start();
    expect(await quotas(emulator, { "X-Auth-Token": emulator.token }, "p2")).toEqual([
      403,
      "FSS.0403",
      expect.stringContaining("another project"),
    ]);
    expect(await quotas(emulator, { "X-Auth-Token": emulator.token }, "p3")).toEqual([
      403,
      "FSS.0403",
      expect.stringContaining("another project"),
    ]);
  });
});

describe("a signature", () => {
  it("lets its user in", async () => {
    const emulator = await start();
    expect(await quotas(emulator, sign(emulator))).toEqual([200, "ada", "p1"]);
  });

  it.each<[string, Signing, number, string, string]>([
    [
      "of an unknown key",
      { accessKey: "UNKNOWN" },
      401,
      "APIGW.0301",
      "verify aksk signature fail, unknown access key UNKNOWN",
    ],
    [
      "with a wrong key",
      { secretKey: "wrong" },
      401,
      "APIGW.0301",
      "verify aksk signature fail, canonicalRequest:GET|/v2/p1/fgs/quotas/||host:127.0.0.1:",
    ],
    [
      "of another path",
      { path: "/v2/p1/fgs/functions" },
      401,
      "APIGW.0301",
      "verify aksk signature fail, canonicalRequest:",
    ],
    ["16 minutes old", { date: "20260302T084400Z" }, 401, "APIGW.0301", "more than 15 minutes"],
    ["16 minutes ahead", { date: "20260302T091600Z" }, 401, "APIGW.0301", "more than 15 minutes"],
    ["with a malformed date", { date: "yesterday" }, 401, "APIGW.0301", "X-Sdk-Date must be a UTC time"],
    [
      "for another project",
      { more: { "x-project-id": "p2" } },
      403,
      "FSS.0403",
      "X-Project-Id names another project",
    ],
    [
      "over another body",
      { names: ["host", "x-sdk-date", "x-sdk-content-sha256"], more: { "x-sdk-content-sha256": "00" } },
      401,
      "APIGW.0301",
      "is not the hash of the body",
    ],
  ])("%s is refused", async (_, signing, status, code, message) => {
    const emulator = await start();
    expect(await quotas(emulator, sign(emulator, signing))).toEqual([
      status,
      code,
      expect.stringContaining(message),
    ]);
  });

  it.each(["20260302T084500Z", "20260302T091500Z"])("of %s, 15 minutes off, passes", async (date) => {
    const emulator = await start();
    expect(await quotas(emulator, sign(emulator, { date }))).toEqual([200, "ada", "p1"]);
  });

  it("may leave the payload unsigned", async () => {
    const emulator = await start();
    const more = { "x-sdk-content-sha256": "UNSIGNED-PAYLOAD" };
    expect(
      await quotas(emulator, sign(emulator, { names: ["host", "x-sdk-content-sha256", "x-sdk-date"], more })),
    ).toEqual([200, "ada", "p1"]);
  });

  it("is good for the user's own projects only", async () => {
    const emulator = await start();
    expect(await quotas(emulator, sign(emulator, { path: "/v2/p2/fgs/quotas" }), "p2")).toEqual([
      403,
      "FSS.0403",
      "Forbidden. The user ada has no project p2.",
    ]);
  });

  it("may leave out Host, but not in strict mode", async () => {
    const lax = await start();
    expect(await quotas(lax, sign(lax, { names: ["x-sdk-date"] }))).toEqual([200, "ada", "p1"]);
    const strict = await start({ authentication: "strict" });
    expect(await quotas(strict, sign(strict))).toEqual([200, "ada", "p1"]);
    expect(await quotas(strict, sign(strict, { names: ["x-sdk-date"] }))).toEqual([
      401,
      "APIGW.0301",
      expect.stringContaining("SignedHeaders must name host"),
    ]);
  });

  it("never has security tokens repeated", async () => {
    const emulator = await start();
    const headers = sign(emulator, {
      secretKey: "wrong",
      names: ["host", "x-sdk-date", "x-security-token"],
      more: { "x-security-token": "example-security-token" },
    });
    expect(await quotas(emulator, headers)).toEqual([
      401,
      "APIGW.0301",
      expect.stringContaining("x-security-token:***|"),
    ]);
  });

  it("of a body over 12 MB is refused", async () => {
    const emulator = await start({ limits: { maxSignedBody: 1000 } });
    const response = await fetch(`${emulator.url}/v2/p1/fgs/functions`, {
      method: "POST",
      headers: sign(emulator),
      body: "x".repeat(1001),
    });
    const body = await answerOf(response);
    expect([response.status, body.error_code]).toEqual([413, "FSS.1071"]);
    expect(body.error_msg).toContain(
      "A signed request body may have 1000 bytes and has 1001; send a larger one with a token.",
    );
  });
});

interface Capture {
  op: string;
  wire: { method: string; url: string; headers: Record<string, string>; body: string };
}
const captures: Capture[] = JSON.parse(
  readFileSync(new URL("./fixtures/wire-captures.json", import.meta.url), "utf8"),
);

describe("a request of the official SDK", () => {
  const project = "0bcc05efb100f2a92f53c011f262dfa0";
  const replay = async (
    { wire, op }: Capture,
    change: Partial<Capture["wire"]> = {},
  ): Promise<{ status: number; text: string; reached: boolean }> => {
    let reached = false;
    const emulator = await start({
      projects: [{ id: project, name: "cn-north-4" }],
      users: [
        {
          name: "ada",
          password: "p",
          accessKey: "EXAMPLE-ACCESS-KEY",
          secretKey: "example-secret-key-not-a-real-one",
        },
      ],
      time: new Date("2019-11-15T03:36:55Z"),
      validateResponses: false,
      // A stand-in for whichever operation the capture is of.
      handlers: {
        [op]: () => {
          reached = true;
          return {};
        },
      },
    });
    const { method, url, headers, body } = { ...wire, ...change };
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        { host: "127.0.0.1", port: emulator.port, method, path: url, headers },
        (response) => {
          let text = "";
          response.on("data", (data) => {
            text += data;
          });
          response.on("end", () => resolve({ status: response.statusCode ?? 0, text, reached }));
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  };

  // One capture has a time with a blank, which the API does not take: its signature is right all the same.
  const passed = ({ op }: Capture): object =>
    op === "listAsyncInvocations"
      ? { status: 400, text: expect.stringContaining("query_begin_time") }
      : { text: "", reached: true };

  it.each(captures.map((capture) => [capture.op, capture] as const))(
    "as captured passes: %s",
    async (_, capture) => {
      expect(await replay(capture)).toMatchObject(passed(capture));
    },
  );

  it.each(captures.map((capture) => [capture.op, capture] as const))(
    "with its path percent-encoded passes as well: %s",
    async (_, capture) => {
      const [path = "", query] = capture.wire.url.split("?");
      const encoded = path.replace(/[:!]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
      expect(
        await replay(capture, { url: query === undefined ? encoded : `${encoded}?${query}` }),
      ).toMatchObject(passed(capture));
    },
  );

  it.each(captures.filter(({ wire }) => wire.body !== "").map((capture) => [capture.op, capture] as const))(
    "with one byte changed is refused: %s",
    async (_, capture) => {
      const body = capture.wire.body.replace("a", "b");
      const changed = body === capture.wire.body ? `${body.slice(0, -1)} ` : body;
      expect(await replay(capture, { body: changed })).toMatchObject({
        status: 401,
        text: expect.stringContaining("APIGW.0301"),
        reached: false,
      });
    },
  );
});

describe("without authentication", () => {
  it("everyone is the first user, in the project of the path", async () => {
    const emulator = await start({ authentication: "off" });
    expect(await quotas(emulator, {}, "p2")).toEqual([200, "ada", "p2"]);
    expect(await quotas(emulator, { "X-Auth-Token": "x" }, "any")).toEqual([200, "ada", "any"]);
  });
});

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
    const emulator = await start();
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
    const emulator = await start();
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
    const response = await signIn(await start(), body);
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
    expect(await list(await start(), query)).toEqual([status, want]);
  });

  it("needs credentials", async () => {
    const response = await fetch(`${(await start()).url}/v3/projects`);
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
