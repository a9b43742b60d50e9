import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What is called of the official client, with requests by the names of the wire. */
interface OfficialClient {
  listFunctions(request: object): Promise<unknown>;
  createFunction(request: object): Promise<unknown>;
}

/** The official client, which writes into the home folder and is given one of its own. */
export async function officialClient(
  url: string,
  {
    projectId,
    accessKey,
    secretKey,
  }: { readonly projectId: string; readonly accessKey: string; readonly secretKey: string },
): Promise<OfficialClient> {
  const home = mkdtempSync(join(tmpdir(), "functiongraph-bench-"));
  Object.assign(process.env, { HOME: home, USERPROFILE: home });
  const { BasicCredentials } = await import("@huaweicloud/huaweicloud-sdk-core");
  const { FunctionGraphClient } = await import("@huaweicloud/huaweicloud-sdk-functiongraph/v2/public-api.js");
  const credential = new BasicCredentials().withAk(accessKey).withSk(secretKey).withProjectId(projectId);
  const client = FunctionGraphClient.newBuilder().withCredential(credential).withEndpoint(url).build();
  // `as`: beside its request classes it takes plain objects, of which its types know nothing.
  return client as unknown as OfficialClient;
}
