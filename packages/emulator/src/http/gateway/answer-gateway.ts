import type { IncomingMessage } from "node:http";
import { clearTimeout, setTimeout } from "node:timers";
import { gatewayEvent } from "../../core/events/gateway.ts";
import { boundUrn, waitsForFunction } from "../../core/firing/binding.ts";
import { type ApiMatch, defaultStage, type FoundApi, findApi } from "../../core/firing/find-api.ts";
import type { InvocationInput, InvocationOutcome } from "../../core/invocation/contract.ts";
import { invoke } from "../../core/invocation/invoke.ts";
import { ServiceError } from "../../core/service-error.ts";
import { isEventData } from "../../core/triggers/event-fields.ts";
import type { EventData } from "../../core/triggers/records.ts";
import type { Exchange } from "../answer.ts";
import type { OutgoingResponse } from "../outgoing-response.ts";
import type { RequestTarget } from "../routing/request-target.ts";
import type { ServerContext } from "../server-context.ts";
import { authorizeCall } from "./authorize-call.ts";
import { GatewayError, gatewayErrorResponse } from "./gateway-error.ts";
import { readCallBody } from "./read-call-body.ts";
import { readResult } from "./read-result.ts";
import { requestHeaders, sourceAddress } from "./request-headers.ts";

/** Milliseconds that the gateway waits for a function when the trigger does not say. */
const usualTimeout = 5000;
const nothing = new Uint8Array();

/**
 * Answers a call of the API of a gateway trigger, at `/_apig/<group ID>/<path>`. Refusals have the form of the gateway.
 * @throws ClientGone
 */
export async function answerGateway(
  request: IncomingMessage,
  target: RequestTarget,
  exchange: Exchange,
  context: ServerContext,
): Promise<OutgoingResponse> {
  try {
    return await call(request, target, exchange.requestId, context);
  } catch (error) {
    if (error instanceof GatewayError || error instanceof ServiceError)
      return gatewayErrorResponse(error, exchange.requestId);
    throw error;
  }
}

async function call(
  request: IncomingMessage,
  target: RequestTarget,
  requestId: string,
  context: ServerContext,
): Promise<OutgoingResponse> {
  const method = request.method ?? "GET";
  const [, group = "", ...segments] = target.segments;
  const stage = request.headers["x-stage"];
  const match = findApi(context.triggers.all(), {
    group,
    stage: typeof stage === "string" && stage !== "" ? stage : defaultStage,
    method,
    segments,
  });
  if (!match.api) throw nothingThere(match, method);
  const { project, trigger } = match.api;
  const signature = authorizeCall(trigger.data, request, target, context);
  const headers = requestHeaders(request, requestId);
  const eventWith = (body: Uint8Array): string =>
    JSON.stringify(
      gatewayEvent(trigger.data, {
        requestId,
        method,
        path: `/${target.rawPath.split("/").slice(3).join("/")}`,
        pathParameters: match.pathParameters,
        query: target.query,
        headers,
        body,
        sourceIp: sourceAddress(request),
      }),
    );
  const waits = waitsForFunction(trigger);
  const body = await readCallBody(
    request,
    { asynchronous: !waits, withoutBody: () => eventWith(nothing) },
    context.settings.patience,
  );
  signature?.verify(body);
  const input = {
    projectId: project,
    urn: boundUrn(context.app.region, project, trigger),
    event: Buffer.from(eventWith(body)),
    requestId,
    headers,
  };
  if (waits) return resultOf(await withinTimeout({ ...input, type: "sync" }, match, context));
  context.app.queue.accept(input);
  return {
    status: 202,
    headers: {},
    body: JSON.stringify({ request_id: requestId }),
    contentType: "application/json",
  };
}

function nothingThere(match: Exclude<ApiMatch, FoundApi>, method: string): GatewayError {
  return match.methods.length > 0
    ? new GatewayError(
        404,
        "APIG.0101",
        `The API does not exist. This path answers ${match.methods.join(", ")} and not ${method}.`,
      )
    : new GatewayError(
        404,
        "APIG.0101",
        "The API does not exist or has not been published in the environment. GET /_emulator/gateway lists all that are there.",
      );
}

/** Runs the function and waits as long as the trigger says; what takes longer runs on, but nobody gets its result. */
async function withinTimeout(
  input: InvocationInput,
  { api }: FoundApi,
  context: ServerContext,
): Promise<InvocationOutcome> {
  const running = invoke(context.app, input);
  // It may fail when the gateway has long given up.
  running.catch(() => undefined);
  const limit = timeoutOf(api.trigger.data);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const why = `Backend timeout. The trigger waits ${limit} ms (func_info.timeout).`;
    timer = setTimeout(() => reject(new GatewayError(504, "APIG.0203", why)), limit);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

function timeoutOf({ func_info: info }: EventData): number {
  return isEventData(info) && typeof info.timeout === "number" ? info.timeout : usualTimeout;
}

function resultOf({ code, payload }: InvocationOutcome): OutgoingResponse {
  if (code === 0) return readResult(payload);
  throw new GatewayError(500, "FSS.0500", errorText(payload));
}

/** The message in the error object of a function, or the object as it is. */
function errorText(payload: Uint8Array): string {
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString("utf8");
  try {
    const error: unknown = JSON.parse(text);
    if (typeof error === "object" && error !== null && "errorMessage" in error)
      return String(error.errorMessage);
  } catch {
    // An error that is a plain text is shown as such.
  }
  return text.slice(0, 2000);
}
