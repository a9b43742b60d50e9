import type { IncomingMessage } from "node:http";
import { ServiceError } from "../core/service-error.ts";
import { diskFullError } from "../store/disk-full-error.ts";
import { answerOperation } from "./answer-operation.ts";
import { ClientGone } from "./body/read-body.ts";
import { answerControl } from "./control/answer-control.ts";
import { errorResponse, unexpectedFailure } from "./error-response.ts";
import { answerGateway } from "./gateway/answer-gateway.ts";
import { refusedByGateway } from "./gateway/gateway-error.ts";
import { isGatewayAddress } from "./gateway/gateway-path.ts";
import { answerMetrics } from "./metrics/answer-metrics.ts";
import type { OutgoingResponse } from "./outgoing-response.ts";
import { readTarget } from "./routing/request-target.ts";
import type { Route } from "./routing/route.ts";
import { type CrossOrigin, crossOrigin, preflightHeaders } from "./security/cross-origin.ts";
import type { ServerContext } from "./server-context.ts";
import { validateResponse } from "./validation/validate-response.ts";

/** One request and what is known about it. */
export interface Exchange {
  readonly requestId: string;
  /** Aborted when the client goes away, or closes its half of the connection, which cannot be told from it before the answer is sent. */
  readonly signal: AbortSignal;
  /** Set once the request's operation is known. */
  route?: Route;
}

/** Answers a request; whatever goes wrong becomes an answer too. @throws ClientGone when nobody is left to be answered. */
export async function answer(
  request: IncomingMessage,
  exchange: Exchange,
  context: ServerContext,
): Promise<OutgoingResponse> {
  // The APIs of gateway triggers are made for web pages: what these may do is up to the function, and to the API's authentication.
  const isGateway = isGatewayAddress(request.url);
  const origin = isGateway
    ? { allowed: true, headers: {} }
    : crossOrigin(request.headers, context.settings.origins);
  let response: OutgoingResponse;
  try {
    response = await attempt(request, exchange, context, origin, isGateway);
  } catch (error) {
    const plain = refused(error, exchange, context);
    response = isGateway ? refusedByGateway(error, plain, exchange.requestId) : plain;
  }
  if (context.settings.validateResponses && exchange.route)
    response = await check(exchange.route, response, exchange, context);
  return request.headers.origin === undefined
    ? response
    : { ...response, headers: { ...response.headers, ...origin.headers } };
}

/** Not an async function: an answer that is passed on as it is takes no turns of its own. */
function attempt(
  request: IncomingMessage,
  exchange: Exchange,
  context: ServerContext,
  origin: CrossOrigin,
  isGateway: boolean,
): OutgoingResponse | Promise<OutgoingResponse> {
  const { settings, addresses } = context;
  if (!settings.allowsHost(request.headers.host)) {
    throw new ServiceError(
      "FSS.0403",
      `Forbidden. This server does not answer to the host name ${JSON.stringify(request.headers.host ?? "").slice(0, 100)}; start it with --allow-host to add the name.`,
    );
  }
  if (!origin.allowed) {
    throw new ServiceError(
      "FSS.0403",
      "Forbidden. A web page of another origin may not call this server; start it with --origin to add the origin.",
    );
  }
  if (request.rawHeaders.length / 2 > settings.maxHeaders) {
    throw new ServiceError(
      "FSS.0400",
      `Invalid parameter. A request may have ${settings.maxHeaders} headers and has ${request.rawHeaders.length / 2}.`,
    );
  }
  const { url = "/", method = "GET" } = request;
  if (isGateway) return answerGateway(request, readTarget(url, true), exchange, context);
  const { target, match } = addresses.find(method, url);
  if (target.segments[0] === "_emulator" && method !== "OPTIONS")
    return answerControl(request, target, context);
  if (target.rawPath === "/metrics" && (method === "GET" || method === "HEAD")) return answerMetrics(context);
  if (match.kind === "route") {
    exchange.route = match.route;
    return answerOperation(
      { incoming: request, target, route: match.route, path: match.path, exchange },
      context,
    );
  }
  const allowed = match.kind === "method" ? match.allowed : [];
  if (method === "OPTIONS") {
    const methods = target.segments[0] === "_emulator" ? ["GET", "POST", "PUT"] : allowed;
    return {
      status: 204,
      headers: { allow: [...methods, "OPTIONS"].join(", "), ...preflightHeaders(request.headers, methods) },
    };
  }
  const wording = new ServiceError("APIGW.0101").message;
  throw new ServiceError(
    "APIGW.0101",
    allowed.length > 0 ? `${wording}. This path answers ${allowed.join(", ")} and not ${method}.` : wording,
  );
}

function refused(error: unknown, exchange: Exchange, context: ServerContext): OutgoingResponse {
  if (error instanceof ClientGone) throw error;
  const refusal = error instanceof ServiceError ? error : failure(error, exchange, context);
  return errorResponse(refusal, exchange.requestId, exchange.route?.tag);
}

/** Logs what has gone wrong here and not in the request, and makes of it what the caller hears. */
function failure(error: unknown, { requestId, route }: Exchange, { logger }: ServerContext): ServiceError {
  const request = { requestId, operationId: route?.id };
  const diskFull = diskFullError(error);
  if (diskFull) {
    logger.error(diskFull.message, request);
    return unexpectedFailure(diskFull.message);
  }
  const { stack, message } = error instanceof Error ? error : new Error(String(error));
  logger.error("A request failed unexpectedly.", { ...request, stack: stack ?? message });
  return unexpectedFailure();
}

async function check(
  route: Route,
  response: OutgoingResponse,
  exchange: Exchange,
  context: ServerContext,
): Promise<OutgoingResponse> {
  const headers = { "X-Request-Id": exchange.requestId, ...response.headers };
  const problems = await validateResponse(route, { ...response, headers });
  if (problems.length === 0) return response;
  context.violations.push({ operationId: route.id, status: response.status, problems });
  context.logger.error("An answer breaks the description.", {
    operationId: route.id,
    status: response.status,
    problems: problems.join(" "),
  });
  const text = `The answer of ${route.id} breaks the description: ${problems.join(" ")}`;
  return errorResponse(new ServiceError("FSS.0500", text), exchange.requestId, route.tag);
}
