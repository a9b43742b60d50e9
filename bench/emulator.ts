import { compare, type Measure } from "./lib/compare.ts";
import { installedServers, type ServerName, startServers } from "./lib/compared-servers.ts";
import { type LoadRequest, requestsPerSecond } from "./lib/load.ts";
import { benchOptions } from "./lib/options.ts";
import { residentMegabytes, type ServerProcess } from "./lib/server-process.ts";
import { table } from "./lib/table.ts";

const options = benchOptions({ rounds: 7, requests: 2000, seed: 1 });
const { rounds, requests, seed } = options;
console.log(
  `Node ${process.version}; ${rounds} rounds of ${requests} requests, seed ${seed}; medians, ratios to the first line.\n`,
);

const serverNames = installedServers();
if (serverNames.length < 4) console.log("Prism is left out, as @stoplight/prism-cli is not installed.\n");

const projectId = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
const functions = `/v2/${projectId}/fgs/functions`;
const config = {
  func_name: "hello-orders",
  runtime: "Node.js18.15",
  handler: "index.handler",
  memory_size: 256,
  timeout: 30,
};

/** Starts and stops a server. */
const started =
  (name: ServerName, figure: (server: ServerProcess) => Promise<number>): Measure =>
  async () => {
    const server = await startServers[name]();
    const value = await figure(server);
    await server.stop();
    return value;
  };
const each = (measure: (name: ServerName) => Measure): Record<string, Measure> =>
  Object.fromEntries(serverNames.map((name) => [name, measure(name)]));
const starts = { rounds, requests: 1, seed };

console.log(
  table(
    "Start to ready",
    "ms",
    0,
    await compare(
      each((name) => started(name, async ({ startMilliseconds }) => startMilliseconds)),
      starts,
    ),
  ),
);
const idle = async (server: ServerProcess): Promise<number> => {
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return residentMegabytes(server);
};
console.log(
  table(
    "Memory two seconds after the start",
    "MB",
    0,
    await compare(
      each((name) => started(name, idle)),
      { ...starts, rounds: Math.ceil(rounds / 3) },
    ),
  ),
);

const servers = Object.fromEntries(
  await Promise.all(serverNames.map(async (name) => [name, await startServers[name]()] as const)),
);
const server = (name: ServerName): ServerProcess => {
  const found = servers[name];
  if (!found) throw new Error(`${name} is not there`);
  return found;
};

/** Token for the emulators; Prism takes any. */
const tokenOf = (name: ServerName): string =>
  /"token":"([^"]+)"/.exec(server(name).output)?.[1] ?? "EXAMPLE-TOKEN";
const headers = (name: ServerName): Record<string, string> => ({
  "X-Auth-Token": tokenOf(name),
  "Content-Type": "application/json",
});

async function call(name: ServerName, method: string, path: string, body?: object): Promise<string> {
  const answer = await fetch(`${server(name).url}${path}`, {
    method,
    headers: headers(name),
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${name}: ${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.text();
}

const code = {
  code_type: "inline",
  func_code: { file: Buffer.from("exports.handler = async () => 1;\n").toString("base64") },
};
for (const name of serverNames)
  await call(name, "POST", functions, { ...config, ...code, package: "default" });

const place = `${functions}/urn:fss:eu-de:${projectId}:function:default:hello-orders/config`;
const work: Readonly<Record<string, Omit<LoadRequest, "headers"> & { readonly path: string }>> = {
  Reads: { method: "GET", path: place },
  Writes: {
    method: "PUT",
    path: place,
    body: JSON.stringify({ ...config, description: "Greets a customer." }),
  },
};
for (const [title, request] of Object.entries(work)) {
  // The bare server answers with the same JSON as the emulator.
  server("bare node:http").child.send(
    await call(
      "emulator, on disk",
      request.method,
      request.path,
      request.body === undefined ? undefined : JSON.parse(request.body),
    ),
  );
  for (const connections of [1, 32]) {
    const measures = each(
      (name) => (count) =>
        requestsPerSecond(
          server(name).url,
          { ...request, headers: headers(name) },
          connections,
          slow(name) ? Math.ceil(count / 10) : count,
        ),
    );
    const results = await compare(measures, options);
    console.log(
      table(`${title} at ${connections} connection${connections === 1 ? "" : "s"}`, "a second", 0, results),
    );
  }
}
await Promise.all(serverNames.map((name) => server(name).stop()));

/** Fewer requests are enough of a server that takes long for each. */
function slow(name: ServerName): boolean {
  return name === "Prism's mock";
}
