import { afterEach, expect, test, vi } from "vitest";
import { type LocalServer, localServer } from "../../test/support/local-server.ts";
import { fromCloudsYaml } from "./from-clouds-yaml.ts";

let server: LocalServer | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
});

const one = (auth: object) => ({ clouds: { otc: { auth } } });

test.each<[string, object, object]>([
  ["an access key", { ak: "AK", sk: "SK" }, { accessKey: "AK", secretKey: "SK" }],
  [
    "a temporary key by its long names",
    { access_key: "AK", secret_key: "SK", security_token: "T" },
    { accessKey: "AK", secretKey: "SK", securityToken: "T" },
  ],
  ["a token", { token: "T", username: "ada" }, { token: "T" }],
])("a cloud may have %s", async (_what, auth, want) => {
  expect(await fromCloudsYaml(one(auth))()).toEqual(want);
});

test("a cloud may have a user and a password, who is signed in once", async () => {
  server = await localServer(() => ({ status: 201, headers: { "x-subject-token": "T" }, body: {} }));
  const auth = {
    username: "ada",
    password: "example-password",
    user_domain_name: "example-domain",
    project_name: "eu-de",
    auth_url: `${server.url}/v3`,
  };
  const provider = fromCloudsYaml(one(auth));
  expect([await provider(), await provider()]).toMatchObject([{ token: "T" }, { token: "T" }]);
  expect(server.received.map(({ path }) => path)).toEqual(["/v3/auth/tokens?nocatalog=true"]);
  expect(JSON.parse(server.received[0]?.body ?? "")).toMatchObject({
    auth: { scope: { project: { name: "eu-de" } } },
  });
});

const two = { clouds: { a: { auth: { token: "A" } }, b: { auth: { token: "B" } } } };

test("the cloud is the one asked for, or that of OS_CLOUD", async () => {
  vi.stubEnv("OS_CLOUD", "a");
  expect(await fromCloudsYaml(two)()).toEqual({ token: "A" });
  expect(await fromCloudsYaml(two, "b")()).toEqual({ token: "B" });
});

test.each<[string, unknown, string | undefined, string]>([
  ["something else than the file", "clouds:", undefined, "the document has no clouds"],
  ["several clouds and no choice", two, undefined, "which cloud is meant? Pass one of a, b"],
  ["an unknown cloud", two, "c", 'there is no cloud "c"; there is a, b'],
  ["a cloud without auth", { clouds: { otc: {} } }, undefined, 'cloud "otc" has neither an access key'],
  [
    "an incomplete user",
    one({ username: "ada", password: "a-secret" }),
    undefined,
    "has neither an access key",
  ],
])("%s is a CredentialsError", async (_what, document, cloud, message) => {
  vi.stubEnv("OS_CLOUD", "");
  const error = await fromCloudsYaml(document, cloud)().catch((error: unknown) => error);
  expect(error).toMatchObject({ name: "CredentialsError", message: expect.stringContaining(message) });
  expect(String(error)).not.toContain("a-secret");
});
