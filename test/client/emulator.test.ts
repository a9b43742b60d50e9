import {
  AbortError,
  type CredentialsProvider,
  createFunctionGraph,
  FunctionError,
  type FunctionGraph,
  FunctionGraphError,
  ValidationError,
  waitForAsyncInvocation,
} from "@functiongraph/client";
import { fromPassword } from "@functiongraph/client/credentials";
import { keepAliveFetch } from "@functiongraph/client/node";
import { formatUrn, parseUrn } from "@functiongraph/client/urn";
import { createCodePackage, readCodePackage } from "@functiongraph/client/zip";
import { createEmulator, type Emulator } from "@functiongraph/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const user = { user: "ada", password: "example-password", domain: "example-domain", project: "eu-de" };
const source = {
  "index.js":
    "exports.handler = async ({ name }) => {\n  console.log('greeting', name);\n  if (!name) throw new TypeError('nobody to greet');\n  return { greeting: 'Hello, ' + name + '!' };\n};\n",
  "lib/words.js": "exports.hello = 1;\n",
};
const settings = {
  func_name: "hello",
  package: "default",
  runtime: "Node.js18.15",
  handler: "index.handler",
  timeout: 30,
  memory_size: 256,
  code_type: "zip",
  code_filename: "index.zip",
} as const;

/** A token as `createToken` issues it, by a client that needs no credentials for that. */
function fromCreateToken(url: string): CredentialsProvider {
  const { user: name, password, domain, project } = user;
  const stranger = createFunctionGraph({ endpoint: url, credentials: "none" });
  return async () => {
    const issued = await stranger.createToken({
      body: {
        auth: {
          identity: {
            methods: ["password"],
            password: { user: { name, password, domain: { name: domain } } },
          },
          scope: { project: { name: project } },
        },
      },
    });
    return { token: issued.subjectToken, expiresAt: new Date(String(issued.token.expires_at)) };
  };
}

describe.each([
  { by: "an access key", credentialsOf: ({ credentials }: Emulator) => credentials, fetch: undefined },
  {
    by: "an access key over kept connections",
    credentialsOf: ({ credentials }: Emulator) => credentials,
    fetch: keepAliveFetch(),
  },
  {
    by: "a token from fromPassword",
    credentialsOf: ({ url }: Emulator) => fromPassword({ ...user, iamEndpoint: url }),
    fetch: undefined,
  },
  {
    by: "a token from createToken",
    credentialsOf: ({ url }: Emulator) => fromCreateToken(url),
    fetch: undefined,
  },
])("the life of a function, with $by", ({ credentialsOf, fetch }) => {
  let emulator: Emulator;
  let fg: FunctionGraph;
  let function_urn: string;

  // The project is found by its name.
  beforeAll(async () => {
    emulator = await createEmulator({
      port: 0,
      validateResponses: true,
      authentication: "strict",
      logLevel: "silent",
    });
    fg = createFunctionGraph({
      region: "eu-de",
      endpoint: emulator.url,
      credentials: credentialsOf(emulator),
      fetch,
    });
  });

  afterAll(async () => {
    await emulator.close();
  });

  /** The error that a call ends with. */
  async function failureOf(call: Promise<unknown>): Promise<unknown> {
    return call.then(
      () => "none",
      (error: unknown) => error,
    );
  }

  test("it is created from files, once", async () => {
    const { base64 } = await createCodePackage(source);
    const body = { ...settings, func_code: { file: base64 } } as const;
    const { func_urn = "" } = await fg.createFunction({ body });
    expect(parseUrn(func_urn)).toMatchObject({
      projectId: emulator.projectId,
      functionName: "hello",
      version: "latest",
    });
    function_urn = formatUrn({ ...parseUrn(func_urn), version: undefined });
    expect(await failureOf(fg.createFunction({ body }))).toMatchObject({
      status: 409,
      code: "FSS.1061",
      operation: "createFunction",
    });
  });

  test("it is listed, in as many pages as it takes", async () => {
    for (const func_name of ["hello-2", "hello-3"]) {
      const { base64 } = await createCodePackage(source);
      await fg.createFunction({
        body: { ...settings, func_name, func_code: { file: base64 } },
      });
    }
    const names: (string | undefined)[] = [];
    for await (const { func_name } of fg.listFunctions.items({ query: { maxitems: "1" } }))
      names.push(func_name);
    expect(names.sort()).toEqual(["hello", "hello-2", "hello-3"]);
  });

  test("it is published, and an alias points at the version", async () => {
    const path = { function_urn };
    expect((await fg.createFunctionVersion({ path, body: { version: "v1" } })).version).toBe("v1");
    await fg.createVersionAlias({ path, body: { name: "prod", version: "v1" } });
    const alias = formatUrn({ ...parseUrn(function_urn), alias: "prod" });
    expect((await fg.showFunctionConfig({ path: { function_urn: alias } })).version).toBe("v1");
    const versions: (string | undefined)[] = [];
    for await (const { version } of fg.listFunctionVersions.items({ path })) versions.push(version);
    expect(versions.sort()).toEqual(["latest", "v1"]);
  });

  test("it has a trigger", async () => {
    const path = { function_urn };
    const event_data = { name: "every-hour", schedule_type: "Rate", schedule: "1h" } as const;
    const { trigger_id = "" } = await fg.createFunctionTrigger({
      path,
      body: { trigger_type_code: "TIMER", event_data },
    });
    expect(await fg.listFunctionTriggers({ path })).toMatchObject([
      { trigger_id, trigger_type_code: "TIMER" },
    ]);
    expect(
      await fg.deleteFunctionTrigger({ path: { ...path, trigger_type_code: "TIMER", trigger_id } }),
    ).toBeUndefined();
  });

  test("it has tags", async () => {
    const path = { resource_type: "functions", resource_id: function_urn } as const;
    await fg.createTags({ path, body: { action: "create", tags: [{ key: "team", value: "Grüße" }] } });
    const { tags } = await fg.showProjectTagsList({ path: { resource_type: "functions" } });
    expect(tags).toEqual([{ key: "team", values: ["Grüße"] }]);
    await fg.deleteTags({ path, body: { action: "delete", tags: [{ key: "team" }] } });
  });

  test("it is exported as bytes that hold its files", async () => {
    const exported = await fg.exportFunction({ path: { function_urn }, query: { code: true, config: true } });
    expect(exported).toBeInstanceOf(Uint8Array);
    const outer = await readCodePackage(exported);
    const inner = [...outer].find(([name]) => name.endsWith(".zip"))?.[1];
    const files = inner ? await readCodePackage(inner.content) : outer;
    const text = new TextDecoder().decode(files.get("index.js")?.content);
    expect(text).toBe(source["index.js"]);
  });

  test("it runs", async () => {
    const run = await fg.invokeFunction<{ greeting: string }>({
      path: { function_urn },
      body: { name: "Grüße" },
    });
    expect(run).toMatchObject({
      result: { greeting: "Hello, Grüße!" },
      text: '{"greeting":"Hello, Grüße!"}',
      log: expect.stringContaining("\ngreeting Grüße\n"),
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      summary: { memorySize: 256, duration: expect.any(Number), memoryUsed: expect.any(Number) },
      billingDuration: expect.any(Number),
    });
  });

  test("it fails with an error of its own, which is typed", async () => {
    const failed = await failureOf(fg.invokeFunction({ path: { function_urn }, body: {} }));
    expect(failed).toBeInstanceOf(FunctionError);
    expect(failed).toMatchObject({
      status: 500,
      code: 4002,
      errorType: "TypeError",
      errorMessage: "function invocation exception, error: nobody to greet",
      stackTrace: expect.stringContaining("./index.js:3:"),
      log: expect.stringContaining("(invoke Failed)"),
    });
  });

  test("it runs without its caller waiting", async () => {
    const body = {
      max_async_event_age_in_seconds: 60,
      max_async_retry_attempts: 0,
      enable_async_status_log: true,
    };
    await fg.updateFunctionAsyncInvokeConfig({ path: { function_urn }, body });
    const { request_id = "" } = await fg.asyncInvokeFunction({
      path: { function_urn },
      body: { name: "Ada" },
    });
    const ended = await waitForAsyncInvocation(
      fg,
      { function_urn, request_id },
      { interval: 50, timeout: 10_000 },
    );
    expect(ended).toMatchObject({ request_id, status: "SUCCESS" });
  });

  test("what goes wrong is said by typed errors", async () => {
    const missing = await failureOf(
      fg.showFunctionConfig({ path: { function_urn: `${function_urn}-missing` } }),
    );
    expect(missing).toBeInstanceOf(FunctionGraphError);
    expect(missing).toMatchObject({
      status: 404,
      code: "FSS.1051",
      operation: "showFunctionConfig",
      retryable: false,
    });
    expect(missing).toMatchObject({ requestId: expect.stringMatching(/./) });
    const aborted = await failureOf(fg.listQuotas({}, { signal: AbortSignal.abort() }));
    expect(aborted).toBeInstanceOf(AbortError);
    const malformed = await failureOf(fg.showFunctionConfig({ path: { function_urn: "urn:fss:eu-de" } }));
    expect(malformed).toBeInstanceOf(ValidationError);
  });

  test("it is deleted, and no answer broke the description of the API", async () => {
    await fg.deleteVersionAlias({ path: { function_urn, alias_name: "prod" } });
    for (const name of ["hello", "hello-2", "hello-3"])
      await fg.deleteFunction({ path: { function_urn: function_urn.replace(/hello$/, name) } });
    expect((await fg.listFunctions()).functions).toEqual([]);
    expect(emulator.violations).toEqual([]);
  });
});

test("credentials that are wrong are refused", async () => {
  const emulator = await createEmulator({ port: 0, validateResponses: true, logLevel: "silent" });
  try {
    const { url: endpoint, projectId, credentials } = emulator;
    const wrong = [{ ...credentials, secretKey: "wrong" }, { token: "wrong" }];
    for (const each of wrong) {
      const fg = createFunctionGraph({ endpoint, projectId, credentials: each });
      await expect(fg.listFunctions()).rejects.toMatchObject({
        status: 401,
        code: expect.stringMatching(/^APIGW\./),
      });
    }
    expect(emulator.violations).toEqual([]);
  } finally {
    await emulator.close();
  }
});
