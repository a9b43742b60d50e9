import type { OperationId, ResponseBody } from "@functiongraph/types";
import type { Call, Caller, Handler } from "../../src/contract/handler.ts";
import type { App } from "../../src/core/app.ts";
import { ServiceError } from "../../src/core/service-error.ts";
import { routes } from "../../src/generated/routes.ts";
import { errorResponse } from "../../src/http/error-response.ts";
import type { OutgoingResponse } from "../../src/http/outgoing-response.ts";
import type { Route } from "../../src/http/routing/route.ts";
import { validateRequest } from "../../src/http/validation/validate-request.ts";
import { validateResponse } from "../../src/http/validation/validate-response.ts";

export interface Given {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer; `error` is its `code message` when it is a refusal. */
export interface Performed<Id extends OperationId> {
  readonly status: number;
  readonly body: ResponseBody<Id>;
  readonly error: string | undefined;
}

const requestId = "c0ffee00-1234-4abc-9def-0123456789ab";

/** Runs one operation as the server would, and holds request and answer against the description. */
export async function perform<Id extends OperationId>(
  app: App,
  caller: Caller,
  id: Id,
  handler: Handler<Id>,
  given: Given = {},
): Promise<Performed<Id>> {
  const route = routes.find((one) => one.id === id);
  if (!route) throw new Error(`no route ${id}`);
  const { response, body } = await answer(app, caller, route, handler, given);
  const problems = await validateResponse(route, response);
  if (problems.length > 0) throw new Error(`${id}: ${problems.join(" ")} ${JSON.stringify(body)}`);
  // The answer has just been held against the schema of this body.
  const refused =
    response.errorCode === undefined
      ? undefined
      : (body as { readonly error_code: string; readonly error_msg: string });
  return {
    status: response.status,
    body: body as ResponseBody<Id>,
    error: refused && `${refused.error_code} ${refused.error_msg}`,
  };
}

async function answer<Id extends OperationId>(
  app: App,
  caller: Caller,
  route: Route,
  handler: Handler<Id>,
  given: Given,
): Promise<{ response: OutgoingResponse; body: unknown }> {
  try {
    const path = { project_id: caller.projectId, ...given.path };
    const query = Object.entries(given.query ?? {});
    const valid = await validateRequest(
      route,
      { path, query, headers: {}, ...(given.body !== undefined && { body: given.body }) },
      true,
    );
    // The request has passed the validators of this operation, which say what a call of it holds.
    const call = {
      operationId: route.id,
      ...valid,
      bytes: Buffer.from(given.body === undefined ? "" : JSON.stringify(given.body)),
      allHeaders: {},
      caller,
      requestId,
      signal: new AbortController().signal,
    } as unknown as Call<Id>;
    const reply = await handler(call, app);
    const { body, contentType = "application/json" } = reply;
    const bytes = body instanceof Uint8Array;
    const response = {
      status: reply.status ?? route.success,
      headers: { "X-Request-Id": requestId, ...reply.headers },
      ...(body !== undefined && { body: bytes ? body : JSON.stringify(body), contentType }),
    };
    return { response, body };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const response = errorResponse(error, requestId, route.tag);
    return { response, body: JSON.parse(String(response.body)) };
  }
}
