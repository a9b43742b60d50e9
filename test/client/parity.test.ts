import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFunctionGraph } from "@functiongraph/client";
import { afterAll, describe, expect, test, vi } from "vitest";
import { type Recorded, recordingServer } from "./recording-server.ts";
import { type SpecCall, specCalls } from "./spec-calls.ts";
import { hasValidSignature } from "./verify-signature.ts";

type Calls = Record<string, (request: object) => Promise<unknown>>;

const projectId = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
const accessKey = "EXAMPLEACCESSKEY0001";
const secretKey = "example-secret-key";

/** The official SDK's names where they are misspelt. */
const misspelt: Readonly<Record<string, string>> = {
  showDependency: "showDependcy",
  updateDependency: "updateDependcy",
};

const home = mkdtempSync(join(tmpdir(), "functiongraph-sdk-"));
const server = await recordingServer();
const sdk = await officialClient();
// `as`: called here by the name of the operation; every argument has the example of the specification.
const client = createFunctionGraph({
  endpoint: server.url,
  projectId,
  credentials: { accessKey, secretKey },
  maxRetries: 0,
}) as unknown as Calls;
const calls = specCalls().filter(({ operationId }) => sdkName(operationId) in sdk);

afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

/** The official client, which writes a file into the home folder and is given one of its own. */
async function officialClient(): Promise<Calls> {
  vi.stubEnv("HOME", home).stubEnv("USERPROFILE", home);
  const { BasicCredentials } = await import("@huaweicloud/huaweicloud-sdk-core");
  const { FunctionGraphClient } = await import("@huaweicloud/huaweicloud-sdk-functiongraph/v2/public-api.js");
  const credential = new BasicCredentials().withAk(accessKey).withSk(secretKey).withProjectId(projectId);
  const client = FunctionGraphClient.newBuilder().withCredential(credential).withEndpoint(server.url).build();
  // `as`: its methods take requests by the names of the wire, too, and are called here by their name.
  return client as unknown as Calls;
}

function sdkName(operationId: string): string {
  return misspelt[operationId] ?? operationId;
}

/** Path parameters that the official SDK has and the specification does not: what follows is always this. */
const fixed: Readonly<Record<string, object>> = { showFuncSnapshotState: { action: "state" } };

/** Headers that the transport or the platform adds, and the two that differ from second to second. */
const transport =
  /^(accept-encoding|accept-language|connection|sec-fetch-mode|user-agent|authorization|x-sdk-date)$/;

/** What matters of a request: the query's order does not, nor what the transport adds, nor the type of a body that is not there. */
function essence({ method, path, query, headers, body }: Recorded): object {
  const sent = Object.entries(headers).filter(
    ([name]) => !transport.test(name) && (body || name !== "content-type"),
  );
  return { method, path, query: query.split("&").sort(), headers: Object.fromEntries(sent), body };
}

describe("the official SDK and the client send the same", () => {
  test.each(calls.map((call) => [`${call.operationId} ${call.example ?? ""}`.trim(), call] as const))(
    "%s",
    async (_name, call) => {
      const { official, own } = await throughBoth(call);
      expect(essence(own)).toEqual(essence(official));
      expect(hasValidSignature(official, secretKey)).toBe(true);
      expect(hasValidSignature(own, secretKey)).toBe(true);
    },
  );
});

/** What each sends for the same call. */
async function throughBoth({ operationId, status, path, query, header, body }: SpecCall) {
  const ask = sdk[sdkName(operationId)]?.bind(sdk);
  const call = client[operationId]?.bind(client);
  if (!ask || !call) throw new Error(`${operationId} is missing`);
  const official = await server.record(status, () =>
    ask({ ...path, ...query, ...header, ...fixed[operationId], body }),
  );
  const { project_id: _, ...ownPath } = path;
  const own = await server.record(status, () => call({ path: ownPath, query, header, body }));
  return { official, own };
}

test("every operation that both have is called, and the SDK keeps to the home it was given", () => {
  expect(new Set(calls.map(({ operationId }) => operationId)).size).toBe(60);
  expect(existsSync(join(home, ".huaweicloud"))).toBe(true);
});

test("a signature does not hold for another request, nor for another key", async () => {
  const recorded = await server.record(
    200,
    () => client.listFunctions?.({ query: { maxitems: "10" } }) ?? Promise.resolve(),
  );
  expect(hasValidSignature(recorded, secretKey)).toBe(true);
  for (const change of [
    { method: "PUT" },
    { path: `${recorded.path}/x` },
    { query: "maxitems=11" },
    { body: "{}" },
  ]) {
    expect(hasValidSignature({ ...recorded, ...change }, secretKey)).toBe(false);
  }
  expect(hasValidSignature(recorded, `${secretKey}x`)).toBe(false);
});
