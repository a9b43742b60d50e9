import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { OperationId } from "@functiongraph/types";
import type { Call, Handler, Reply } from "../contract/handler.ts";
import type { Exchange } from "./answer.ts";
import { type Authenticated, authenticate } from "./authentication/authenticate.ts";
import { bodyLimit } from "./body/body-limit.ts";
import { parseJsonBody } from "./body/parse-json-body.ts";
import { readBody } from "./body/read-body.ts";
import type { OutgoingResponse } from "./outgoing-response.ts";
import type { RequestTarget } from "./routing/request-target.ts";
import type { Route } from "./routing/route.ts";
import type { ServerContext } from "./server-context.ts";
import { validateRequest } from "./validation/validate-request.ts";

/** A request on its way to an operation's handler. */
export interface OperationRequest {
  readonly incoming: IncomingMessage;
  readonly target: RequestTarget;
  readonly route: Route;
  readonly path: Readonly<Record<string, string>>;
  readonly exchange: Pick<Exchange, "requestId" | "signal">;
}

/** Authenticates, checks and answers a request. @throws ServiceError as the gateway, the checks and the handler do. */
export async function answerOperation(
  request: OperationRequest,
  context: ServerContext,
): Promise<OutgoingResponse> {
  const { incoming, target, route, path, exchange } = request;
  const { caller, signature } = authenticateRequest(request, context);
  const limit = bodyLimit(route, context.app.limits, signature !== undefined);
  const bytes = await readBody(incoming, limit, context.settings.patience);
  signature?.verify(bytes);
  const body =
    route.body === "none" ? undefined : (parseJsonBody(bytes, incoming.headers) ?? emptyEvent(route));
  const valid = await validateRequest(
    route,
    { path, query: target.query, headers: incoming.headers, body },
    context.settings.strict,
  );
  // The generated validators check exactly what the types of the operation say.
  const call = {
    operationId: route.id,
    ...valid,
    bytes,
    caller,
    requestId: exchange.requestId,
    // Made when they are asked for, which few handlers do.
    get allHeaders() {
      return plainHeaders(incoming.headers);
    },
    get signal() {
      return exchange.signal;
    },
  } as unknown as Call<OperationId>;
  // The union of all handlers takes no single call; this one is that of the same operation.
  const handler = context.handlers[route.id] as Handler<OperationId>;
  return outgoing(await handler(call, context.app), route, exchange.requestId);
}

function authenticateRequest(
  { incoming, target, route, path }: OperationRequest,
  { app, identity, settings }: ServerContext,
): Authenticated {
  const signed = {
    method: incoming.method ?? "",
    // readTarget has decoded it already, segment by segment.
    path: decodeURIComponent(target.rawPath),
    query: target.query,
    headers: incoming.headers,
  };
  const rules = {
    mode: settings.authentication,
    identity,
    now: app.clock.now(),
    clockSkew: settings.clockSkew,
  };
  return authenticate(route, signed, path.project_id, rules);
}

function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const name in headers) plain[name] = String(headers[name]);
  return plain;
}

/** Some clients invoke a function without any body; it gets an empty event. */
function emptyEvent(route: Route): unknown {
  return route.tag === "invocation" ? {} : undefined;
}

function outgoing(reply: Reply<OperationId>, route: Route, requestId: string): OutgoingResponse {
  const { body, contentType } = reply;
  const start = {
    status: reply.status ?? route.success,
    headers: { "X-Request-Id": requestId, ...reply.headers },
  };
  if (body === undefined) return start;
  if (body instanceof Uint8Array)
    return { ...start, body, contentType: contentType ?? "application/octet-stream" };
  if (typeof body === "string" && contentType !== undefined) return { ...start, body, contentType };
  return { ...start, body: JSON.stringify(body), contentType: contentType ?? "application/json" };
}
