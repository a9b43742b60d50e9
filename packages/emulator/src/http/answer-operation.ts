import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { OperationId } from "@functiongraph/types";
import type { Call, Caller, Handler, Reply } from "../contract/handler.ts";
import type { Exchange } from "./answer.ts";
import { type Authenticated, authenticate } from "./authentication/authenticate.ts";
import { bodyLimit } from "./body/body-limit.ts";
import { parseJsonBody } from "./body/parse-json-body.ts";
import { readBody } from "./body/read-body.ts";
import type { OutgoingResponse } from "./outgoing-response.ts";
import type { RequestTarget } from "./routing/request-target.ts";
import type { Route } from "./routing/route.ts";
import type { ServerContext } from "./server-context.ts";
import { type ValidRequest, validateRequest } from "./validation/validate-request.ts";

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
  const { incoming, target, route, path } = request;
  const { caller, signature } = authenticateRequest(request, context);
  const limit = bodyLimit(route, context.app.limits, signature !== undefined);
  const bytes = await readBody(incoming, limit, context.settings.patience);
  signature?.verify(bytes);
  const body = route.body === "none" ? undefined : bodyOf(bytes, route, incoming.headers);
  const raw = { path, query: target.query, headers: incoming.headers, body };
  const validated = validateRequest(route, raw, context.settings.strict);
  // Only the first request of an operation has to wait for its validators.
  const valid = validated instanceof Promise ? await validated : validated;
  // The generated validators check exactly what the types of the operation say.
  const call = new ReceivedCall(request, valid, bytes, caller) as unknown as Call<OperationId>;
  // The union of all handlers takes no single call; this one is that of the same operation.
  const handler = context.handlers[route.id] as Handler<OperationId>;
  return outgoing(await handler(call, context.app), route);
}

/** A call whose parts that few handlers ask for are made when they do. */
class ReceivedCall {
  readonly operationId: OperationId;
  readonly path: ValidRequest["path"];
  readonly query: ValidRequest["query"];
  readonly headers: ValidRequest["headers"];
  readonly body: unknown;
  readonly bytes: Uint8Array;
  readonly caller: Caller;
  readonly requestId: string;
  readonly #request: OperationRequest;

  constructor(request: OperationRequest, valid: ValidRequest, bytes: Uint8Array, caller: Caller) {
    this.operationId = request.route.id;
    this.path = valid.path;
    this.query = valid.query;
    this.headers = valid.headers;
    this.body = valid.body;
    this.bytes = bytes;
    this.caller = caller;
    this.requestId = request.exchange.requestId;
    this.#request = request;
  }

  get allHeaders(): Record<string, string> {
    return plainHeaders(this.#request.incoming.headers);
  }

  get signal(): AbortSignal {
    return this.#request.exchange.signal;
  }
}

function authenticateRequest(
  { incoming, target, route, path }: OperationRequest,
  { authentication }: ServerContext,
): Authenticated {
  const signed = { method: incoming.method ?? "", target, headers: incoming.headers };
  return authenticate(route, signed, path.project_id, authentication);
}

function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  // Node.js makes a list of this one only, and one text of everything else.
  if (headers["set-cookie"] === undefined) return headers as Record<string, string>;
  const plain: Record<string, string> = {};
  for (const name in headers) plain[name] = String(headers[name]);
  return plain;
}

/** The parsed body. Some clients invoke a function without any; it gets an empty event. */
function bodyOf(bytes: Uint8Array, route: Route, headers: IncomingHttpHeaders): unknown {
  const body = parseJsonBody(bytes, headers);
  return body === undefined && route.tag === "invocation" ? {} : body;
}

function outgoing(reply: Reply<OperationId>, route: Route): OutgoingResponse {
  const { body, contentType, headers = {} } = reply;
  const status = reply.status ?? route.success;
  if (body === undefined) return { status, headers };
  if (body instanceof Uint8Array)
    return { status, headers, body, contentType: contentType ?? "application/octet-stream" };
  if (typeof body === "string" && contentType !== undefined) return { status, headers, body, contentType };
  return { status, headers, body: JSON.stringify(body), contentType: contentType ?? "application/json" };
}
