// A program of somebody else that uses the client: compiled by consumer.test.ts as its author would compile it.
import {
  type Clock,
  createFunctionGraph,
  type FunctionConfig,
  FunctionError,
  type FunctionGraph,
  FunctionGraphError,
  type InvocationResult,
  other,
  waitForAsyncInvocation,
} from "@functiongraph/client";
import {
  type CredentialsProvider,
  chain,
  fromEnv,
  fromPassword,
  fromProfile,
} from "@functiongraph/client/credentials";
import { keepAliveFetch, packFolder } from "@functiongraph/client/node";
import { type SignatureHeaders, sign } from "@functiongraph/client/sign";
import { type FunctionUrn, formatUrn, parseUrn } from "@functiongraph/client/urn";
import { createCodePackage, readCodePackage } from "@functiongraph/client/zip";

interface Greeting {
  readonly greeting: string;
}

const user = { user: "ada", password: "example-password", domain: "example-domain", project: "eu-de" };
const credentials: CredentialsProvider = chain(fromEnv(), fromProfile(), fromPassword(user));
const clock: Clock = { now: () => 0, after: () => () => {} };

export const fg: FunctionGraph = createFunctionGraph({
  region: "eu-de",
  credentials,
  fetch: keepAliveFetch({ maxSockets: 4 }),
  clock,
  logger: console,
});

export async function create(func_name: string): Promise<string | undefined> {
  const code = await createCodePackage({ "index.js": new Uint8Array() }, { onProgress: () => {} });
  const { func_urn } = await fg.createFunction({
    body: {
      func_name,
      package: "default",
      runtime: "Python9.9",
      handler: "index.handler",
      timeout: 3,
      memory_size: 128,
      func_code: { file: code.base64 },
    },
  });
  return func_urn;
}

export async function invoke(function_urn: string, signal: AbortSignal): Promise<Greeting | undefined> {
  try {
    const answer: InvocationResult<Greeting> = await fg.invokeFunction<Greeting>(
      { path: { function_urn }, body: { name: "Ada" } },
      { signal, timeout: 1_000 },
    );
    return answer.result;
  } catch (error) {
    if (error instanceof FunctionError) console.log(error.errorType, error.stackTrace);
    if (error instanceof FunctionGraphError)
      console.log(error.status, error.code === "FSS.1051", error.remedy());
    return undefined;
  }
}

export async function names(): Promise<string[]> {
  const found: string[] = [];
  for await (const { func_name } of fg.listFunctions.items({ query: { maxitems: "10" } }))
    found.push(func_name ?? "");
  for await (const { functions } of fg.listFunctions.pages()) found.push(String(functions?.length));
  return found;
}

export async function timers(function_urn: string): Promise<string[]> {
  const triggers = await fg.listFunctionTriggers({ path: { function_urn } });
  await fg.createFunctionTrigger({
    path: { function_urn },
    body: { trigger_type_code: other("NEWTYPE"), event_data: {} },
  });
  return triggers.map(({ trigger_id }) => trigger_id ?? "");
}

export async function raw(project_id: string): Promise<number | undefined> {
  const { data, error, response } = await fg.raw.GET("/v2/{project_id}/fgs/functions", {
    params: { path: { project_id }, query: { maxitems: "10" } },
  });
  return error ? response.status : data.functions?.length;
}

export async function rest(configuration: FunctionConfig): Promise<unknown[]> {
  const urn: FunctionUrn = parseUrn(configuration.func_urn ?? "");
  const headers: SignatureHeaders = await sign(
    { method: "GET", url: "https://example.com/" },
    { accessKey: "a", secretKey: "s" },
  );
  const files = await readCodePackage((await packFolder(".")).bytes);
  const status = await waitForAsyncInvocation(fg, { function_urn: formatUrn(urn), request_id: "1" });
  return [headers, [...files.keys()], status];
}

// @ts-expect-error credentials are missing
createFunctionGraph({ region: "eu-de" });
// @ts-expect-error an operation that does not exist
fg.renameFunction;
// @ts-expect-error an argument that has to be there
fg.showFunctionConfig({ path: {} });
// @ts-expect-error a property of another type
fg.listFunctions({ query: { maxitems: 10 } });
// @ts-expect-error an operation whose list does not come in pages
fg.showFunctionConfig.items;
