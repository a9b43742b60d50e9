import { fileURLToPath } from "node:url";
import { sign } from "@functiongraph/client/sign";
import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core";
import { AKSKSigner } from "@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js";
import { compare, type Measure } from "./lib/compare.ts";
import { type Compilation, compileConsumer } from "./lib/compile-consumer.ts";
import { measurePeer } from "./lib/measure-peer.ts";
import { benchOptions } from "./lib/options.ts";
import { body, identity, type Kind, peerNames } from "./lib/peers.ts";
import { startServer } from "./lib/start-server.ts";
import { importing, startTime } from "./lib/start-time.ts";
import { table } from "./lib/table.ts";

const options = benchOptions({ rounds: 15, requests: 600, seed: 1 });
const { rounds, requests, seed } = options;
const { projectId, accessKey, secretKey } = identity;
console.log(
  `Node ${process.version}; ${rounds} rounds of ${requests} requests, seed ${seed}; medians, ratios to the first line.\n`,
);

const server = await startServer();
for (const kind of ["GET", "POST"] satisfies Kind[]) {
  const started = await Promise.all(
    peerNames.map(async (name) => ({ name, ...(await measurePeer(name, kind, server.url)) })),
  );
  const measures = Object.fromEntries(started.map(({ name, measure }) => [name, measure]));
  console.log(table(`${kind}, CPU time`, "µs", 0, await compare(measures, options)));
  for (const { stop } of started) stop();
}
server.stop();

const url = `https://functiongraph.eu-de.otc.t-systems.com/v2/${projectId}/fgs/functions`;
const credential = new BasicCredentials().withAk(accessKey).withSk(secretKey).withProjectId(projectId);
const headers = { "content-type": "application/json", "x-project-id": projectId };
const text = JSON.stringify(body);
for (const method of ["GET", "POST"]) {
  // The SDK's signer takes the body as an object and writes it as JSON for itself; the client's takes the text that is sent.
  const data = method === "POST" ? body : undefined;
  // `as`: the signer reads these fields of the SDK's own request class.
  const request = { endpoint: url, method, queryParams: {}, headers, data } as unknown as Parameters<
    typeof AKSKSigner.sign
  >[0];
  const own = { method, url, headers, body: data && text };
  const signers = {
    "official SDK": perSecond(() => AKSKSigner.sign(request, credential)),
    "./sign": perSecond(() => sign(own, { accessKey, secretKey })),
  };
  const settings = { rounds, requests: requests * 20, seed };
  console.log(
    table(`Signatures of a ${method}`, "per second of CPU time", 0, await compare(signers, settings)),
  );
}

const root = fileURLToPath(new URL("..", import.meta.url));
const starts = {
  "node alone": startTime(["--eval", "0"], root),
  client: startTime(importing("@functiongraph/client"), root),
  "official SDK": startTime(importing("@huaweicloud/huaweicloud-sdk-functiongraph/v2/public-api.js"), root),
};
const started = await compare(starts, { rounds: Math.max(rounds, 20), requests: 1, seed });
console.log(table("Start and import", "ms", 1, started));
const [alone, client] = started.map(({ value }) => value);
console.log(
  `The import takes ${((client ?? 0) - (alone ?? 0)).toFixed(1)} ms beyond the start of Node; the budget is 15.\n`,
);

const official = `
import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core";
import { FunctionGraphClient, InvokeFunctionRequest, ListFunctionsRequest } from "@huaweicloud/huaweicloud-sdk-functiongraph/v2/public-api.js";
const credential = new BasicCredentials().withAk("ak").withSk("sk").withProjectId("id");
const client = FunctionGraphClient.newBuilder().withCredential(credential).withEndpoint("https://example.com").build();
export async function run(urn: string): Promise<number | undefined> {
  const page = await client.listFunctions(new ListFunctionsRequest().withMaxitems("10"));
  await client.invokeFunction(new InvokeFunctionRequest(urn).withBody({}));
  return page.functions?.length;
}`;
const own = `
import { createFunctionGraph } from "@functiongraph/client";
const client = createFunctionGraph({ endpoint: "https://example.com", projectId: "id", credentials: { accessKey: "ak", secretKey: "sk" } });
export async function run(function_urn: string): Promise<number | undefined> {
  const page = await client.listFunctions({ query: { maxitems: "10" } });
  await client.invokeFunction({ path: { function_urn }, body: {} });
  return page.functions?.length;
}`;
const modules = fileURLToPath(new URL("../node_modules", import.meta.url));
const compilation =
  (program: string, figure: keyof Compilation): Measure =>
  async () =>
    compileConsumer(program, modules)[figure];
const compilations = { rounds: Math.ceil(options.rounds / 3), requests: 1, seed: options.seed };

console.log(
  table(
    "tsc, time",
    "s",
    2,
    await compare(
      { "official SDK": compilation(official, "seconds"), client: compilation(own, "seconds") },
      compilations,
    ),
  ),
);
console.log(
  table(
    "tsc, memory",
    "MB",
    0,
    await compare(
      { "official SDK": compilation(official, "megabytes"), client: compilation(own, "megabytes") },
      compilations,
    ),
  ),
);

/** Signatures in a second of this process's CPU time. */
function perSecond(one: () => unknown): Measure {
  return async (count) => {
    const start = process.cpuUsage();
    for (let i = 0; i < count; i++) await one();
    const { user, system } = process.cpuUsage(start);
    return (count * 1e6) / (user + system);
  };
}
