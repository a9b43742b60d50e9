// A program that uses the client in a web page: bundled and run by browser.test.ts, and compiled by consumer.test.ts.
import { createFunctionGraph, FunctionGraphError, TimeoutError } from "@functiongraph/client";
import { chain } from "@functiongraph/client/credentials";
import { sign } from "@functiongraph/client/sign";
import { formatUrn, parseUrn } from "@functiongraph/client/urn";
import { createCodePackage, readCodePackage } from "@functiongraph/client/zip";

/** Where the service is, and what it is called with. */
export interface Service {
  readonly endpoint: string;
  readonly projectId: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** What the page saw. */
export interface Report {
  readonly listed: readonly (string | undefined)[];
  readonly created: string | undefined;
  readonly unpacked: string;
  readonly refusal: Readonly<Record<string, unknown>>;
  readonly wrongKey: unknown;
  readonly timeout: boolean;
  readonly signature: string;
}

/** Calls the service in all the ways that the test looks at. */
export async function run({ endpoint, projectId, accessKey, secretKey }: Service): Promise<Report> {
  const credentials = chain(async () => ({ accessKey, secretKey }));
  const fg = createFunctionGraph({ endpoint, projectId, credentials, maxRetries: 0 });
  const stranger = createFunctionGraph({
    endpoint,
    projectId,
    credentials: { accessKey, secretKey: "wrong" },
  });

  const listed: (string | undefined)[] = [];
  for await (const { func_name } of fg.listFunctions.items({ query: { maxitems: "2" } }))
    listed.push(func_name);

  const code = await createCodePackage({ "index.js": "exports.handler = async () => 'Grüße';" });
  const { func_urn } = await fg.createFunction({
    body: {
      func_name: "hello",
      package: "default",
      runtime: "Node.js18.15",
      handler: "index.handler",
      timeout: 3,
      memory_size: 128,
      description: "Grüße an 東京",
      code_type: "zip",
      func_code: { file: code.base64 },
    },
  });
  const files = await readCodePackage(code.bytes);
  const function_urn = formatUrn({
    ...parseUrn(func_urn ?? ""),
    version: undefined,
    functionName: "missing",
  });

  const refused = await failureOf(fg.showFunctionConfig({ path: { function_urn } }));
  const refusal =
    refused instanceof FunctionGraphError
      ? { ...refused, message: refused.message, remedy: await refused.remedy() }
      : { refused };
  const wrongKey = await failureOf(stranger.listQuotas());
  const late = await failureOf(fg.listQuotas({}, { timeout: 200 }));
  const { Authorization } = await sign({ method: "GET", url: endpoint }, { accessKey, secretKey });
  return {
    listed,
    created: func_urn,
    unpacked: new TextDecoder().decode(files.get("index.js")?.content),
    refusal,
    wrongKey: wrongKey instanceof FunctionGraphError ? [wrongKey.status, wrongKey.code] : wrongKey,
    timeout: late instanceof TimeoutError,
    signature: Authorization,
  };
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => "none",
    (error: unknown) => error,
  );
}
