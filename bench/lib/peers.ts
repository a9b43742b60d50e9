import { createFunctionGraph } from "@functiongraph/client";
import { keepAliveFetch } from "@functiongraph/client/node";
import { officialClient } from "./official-client.ts";

/** A call that a peer makes again and again. */
type Call = () => Promise<unknown>;

/** Whose cost is measured. */
export const peerNames = ["official SDK", "client", "client through ./node", "bare fetch, unsigned"] as const;
export type PeerName = (typeof peerNames)[number];
/** What is called: a list, or an operation with a body of some 500 bytes. */
export type Kind = "GET" | "POST";

export const identity = {
  projectId: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
  accessKey: "EXAMPLEACCESSKEY0001",
  secretKey: "example-secret-key",
} as const;

export const body = {
  func_name: "hello-orders",
  package: "default",
  runtime: "Node.js18.15",
  handler: "index.handler",
  timeout: 30,
  memory_size: 256,
  code_type: "zip",
  func_code: { file: "UEsDBBQAAAAIAABQYlyZujhp".repeat(14) },
} as const;

const { projectId, ...credentials } = identity;

/** Makes a peer ready to call a server. */
export const peers: Readonly<Record<PeerName, (endpoint: string, kind: Kind) => Promise<Call>>> = {
  async "official SDK"(endpoint, kind) {
    const sdk = await officialClient(endpoint, identity);
    return kind === "GET" ? () => sdk.listFunctions({ maxitems: "10" }) : () => sdk.createFunction({ body });
  },
  async client(endpoint, kind) {
    return callOf(createFunctionGraph({ endpoint, projectId, credentials }), kind);
  },
  async "client through ./node"(endpoint, kind) {
    return callOf(createFunctionGraph({ endpoint, projectId, credentials, fetch: keepAliveFetch() }), kind);
  },
  async "bare fetch, unsigned"(endpoint, kind) {
    const url = `${endpoint}/v2/${projectId}/fgs/functions`;
    const headers = { "content-type": "application/json", "x-project-id": projectId };
    if (kind === "GET") return async () => (await fetch(`${url}?maxitems=10`, { headers })).json();
    return async () => (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).json();
  },
};

function callOf(client: ReturnType<typeof createFunctionGraph>, kind: Kind): Call {
  return kind === "GET"
    ? () => client.listFunctions({ query: { maxitems: "10" } })
    : () => client.createFunction({ body });
}
