import { expect, test } from "vitest";
import { type Credentials, CredentialsError, createFunctionGraph, ValidationError } from "../../src/index.ts";
import { keys } from "../support/gateway.ts";
import { quickClock } from "../support/quick-clock.ts";
import { withGateway } from "../support/with-gateway.ts";

test("a token is sent as it is, and nothing is signed", async () => {
  const { fg, gateway } = await withGateway([{}], { credentials: { token: "example-token-1" } });
  await fg.listFunctions();
  expect(gateway.received[0]?.headers).toMatchObject({ "x-auth-token": "example-token-1" });
  expect(gateway.received[0]?.headers.authorization).toBeUndefined();
});

test("a temporary key sends its security token, signed", async () => {
  const { fg, gateway } = await withGateway([{}], {
    credentials: { ...keys, securityToken: "temporary+/=" },
  });
  await fg.listFunctions();
  expect(gateway.received[0]?.headers["x-security-token"]).toBe("temporary+/=");
  expect(gateway.received[0]?.headers.authorization).toContain("x-security-token");
});

test("headers of the client and of the call are sent, signed, the call's in place of the client's", async () => {
  const { fg, gateway } = await withGateway([{}], {
    headers: { "X-One": "1", "X-Two": "2" },
    userAgent: "mine/1",
  });
  await fg.listFunctions({}, { headers: { "x-two": "3" } });
  const { headers } = gateway.received[0] ?? {};
  expect(headers).toMatchObject({
    "x-one": "1",
    "x-two": "3",
    "user-agent": "mine/1",
    accept: "application/json",
  });
  expect(headers?.authorization).toContain("x-one;x-project-id;x-sdk-date;x-two");
});

test("a hundred calls at once ask the provider once", async () => {
  let asked = 0;
  const credentials = async (): Promise<Credentials> => {
    asked++;
    return keys;
  };
  const { fg, gateway } = await withGateway([{}], { credentials });
  await Promise.all(Array.from({ length: 100 }, () => fg.listFunctions()));
  expect([asked, gateway.received.length]).toEqual([1, 100]);
});

test("a refused token is renewed once, for all calls that were refused together", async () => {
  const asked: (boolean | undefined)[] = [];
  const credentials = async (context?: { refresh?: boolean | undefined }): Promise<Credentials> => {
    asked.push(context?.refresh);
    return { token: `example-token-${asked.length}` };
  };
  const { fg, gateway } = await withGateway([{}], { credentials });
  await fg.listFunctions();
  gateway.token = "example-token-2";
  await Promise.all([
    fg.listFunctions(),
    fg.listFunctions(),
    fg.createFunctionVersion({ path: { function_urn: "a" }, body: {} }),
  ]);
  expect(asked).toEqual([false, true]);
});

test("a token that is refused twice is an error that does not show it", async () => {
  const token = "example-secret-token";
  const { fg, gateway } = await withGateway([{}], { credentials: async () => ({ token }) });
  const error = await fg.listFunctions().catch((error: unknown) => error);
  expect(error).toMatchObject({ status: 401, code: "APIGW.0301", retryable: false });
  expect(gateway.received).toHaveLength(2);
  expect(JSON.stringify(error)).not.toContain(token);
});

test("keys are not tried again after a refusal that is not the clock's", async () => {
  const { fg, gateway } = await withGateway([{}], {
    credentials: { ...keys, secretKey: "another-secret-key-altogether" },
  });
  await expect(fg.listFunctions()).rejects.toMatchObject({ status: 401 });
  expect(gateway.received).toHaveLength(1);
});

test.each([-3_600_000, 3_600_000])(
  "a clock that is %d ms off is made up for with one more request, and with none later",
  async (skew) => {
    const { fg, gateway } = await withGateway([{}], {}, { now: () => Date.now() + skew });
    await fg.createFunctionVersion({ path: { function_urn: "a" }, body: {} });
    expect(gateway.received).toHaveLength(2);
    await fg.listFunctions();
    expect(gateway.received).toHaveLength(3);
  },
);

test("credentials are renewed before they end", async () => {
  const start = Date.now();
  const clock = quickClock(start);
  let asked = 0;
  const credentials = async (): Promise<Credentials> => ({
    ...keys,
    expiresAt: new Date(start + ++asked * 600_000),
  });
  const { fg } = await withGateway([{}], { credentials, clock });
  await fg.listFunctions();
  await fg.listFunctions();
  expect(asked).toBe(1);
  await new Promise<void>((resolve) => clock.after(59_999, resolve));
  for (let minute = 0; minute < 8; minute++)
    await new Promise<void>((resolve) => clock.after(59_999, resolve));
  await fg.listFunctions();
  expect(asked).toBe(2);
});

test("a provider that fails is a CredentialsError with its cause", async () => {
  const cause = new Error("no file");
  const { fg, gateway } = await withGateway([{}], { credentials: () => Promise.reject(cause) });
  await expect(fg.listFunctions()).rejects.toMatchObject({ name: "CredentialsError", cause });
  expect(gateway.received).toHaveLength(0);
});

test("createToken needs no credentials; everything else says that it does", async () => {
  const { fg, gateway } = await withGateway(
    [{ status: 201, headers: { "x-subject-token": "example-new-token" }, body: { token: {} } }],
    {
      credentials: "none",
    },
  );
  const identity = {
    methods: ["password" as const],
    password: { user: { name: "ada", password: "x", domain: { name: "d" } } },
  };
  const answer = await fg.createToken({ body: { auth: { identity } } });
  expect(answer.subjectToken).toBe("example-new-token");
  expect(JSON.stringify(answer)).not.toContain("example-new-token");
  expect(gateway.received[0]?.headers["x-auth-token"]).toBeUndefined();
  await expect(fg.listFunctions()).rejects.toThrow(CredentialsError);
});

test.each([{}, { accessKey: "a" }, { accessKey: "a", secretKey: "" }, { token: "" }, undefined])(
  "%j are no credentials, and that is said at once",
  (credentials) => {
    // @ts-expect-error not all of them are credentials for the compiler, either
    expect(() => createFunctionGraph({ region: "eu-de", credentials })).toThrow(ValidationError);
  },
);

test.each([
  ["the transport of Node", {}],
  ["fetch", { fetch: (url: string, init: RequestInit) => fetch(url, init) }],
])("an address elsewhere that the service points to gets nothing from %s", async (_transport, options) => {
  const redirection = { status: 302, headers: { location: "http://127.0.0.1:1/" }, body: "" };
  const { fg, gateway } = await withGateway([redirection], options);
  await expect(fg.listFunctions()).rejects.toMatchObject({ name: "FunctionGraphError", status: 302 });
  expect(gateway.received).toHaveLength(1);
});

test("a redirection that a browser hides is an error, and nothing is sent again", async () => {
  let sent = 0;
  const hiding = async (): Promise<Response> => {
    sent++;
    return Response.error();
  };
  const { fg } = await withGateway([], { fetch: hiding });
  await expect(fg.listFunctions()).rejects.toThrow("a redirection, an empty body in place of JSON");
  expect(sent).toBe(1);
});
