import type { Emulator } from "@functiongraph/emulator";
import { type Driver, type Invocation, refused, type Seen } from "./driver.ts";

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own types hide the fields of most answers.
type Answer = any;

export const officialSdkName = "the official SDK";

/** The official SDK's client, as far as functions are called with it. */
export interface OfficialClient {
  invokeFunction(request: object): Promise<Answer>;
}

/** Makes the official SDK's client. It writes a file into the home folder; whoever calls sees to it that this is one of its own. */
export async function officialClient(
  emulator: Emulator,
  axiosRequestConfig: object = {},
): Promise<OfficialClient> {
  const { BasicCredentials } = await import("@huaweicloud/huaweicloud-sdk-core");
  const { FunctionGraphClient } = await import("@huaweicloud/huaweicloud-sdk-functiongraph/v2/public-api.js");
  const { accessKey, secretKey } = emulator.credentials;
  const credential = new BasicCredentials()
    .withAk(accessKey)
    .withSk(secretKey)
    .withProjectId(emulator.projectId);
  const builder = FunctionGraphClient.newBuilder()
    .withCredential(credential)
    .withEndpoint(emulator.url)
    .withOptions({ axiosRequestConfig });
  // Its methods take requests by the names of the wire, too.
  return builder.build() as unknown as OfficialClient;
}

/**
 * The official SDK, with results in the form v1: it hides headers, loses results that are no objects in the form v0, and bodies of errors
 * unless it is told to take every status for a success.
 */
export async function officialSdk(emulator: Emulator): Promise<Driver> {
  const client = await officialClient(emulator, { validateStatus: () => true });

  async function invoke({ urn, event, instanceMemory }: Invocation): Promise<Seen> {
    const answer = await client.invokeFunction({
      function_urn: urn,
      "X-Cff-Log-Type": "tail",
      "X-CFF-Request-Version": "v1",
      "X-Cff-Instance-Memory": instanceMemory,
      body: event,
    });
    const { httpStatusCode: status, error_code, result, log, request_id, status: outcome } = answer;
    if (error_code !== undefined) return refused(status, error_code);
    const failed = outcome !== 200;
    const { errorMessage, errorType, stackTrace = [] } = failed ? errorObject(result) : {};
    return {
      status: outcome === status ? status : Number.NaN,
      code: failed ? undefined : 0,
      text: result,
      requestId: request_id,
      errorMessage,
      errorType,
      stackTrace: [stackTrace].flat().join("\n"),
      log,
      refusal: undefined,
    };
  }

  return { name: officialSdkName, invoke };
}

function errorObject(text: string): { errorMessage?: string; errorType?: string; stackTrace?: string[] } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // A text of the function's own.
  }
  return { errorMessage: text };
}
