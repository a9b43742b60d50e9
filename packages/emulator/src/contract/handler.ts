import type { OperationId, OperationTypes, RequestBody, ResponseBody } from "@functiongraph/types";
import type { App } from "../core/app.ts";

type ParametersOf<
  Id extends OperationId,
  Place extends "path" | "query" | "header",
> = OperationTypes[Id]["parameters"] extends {
  [P in Place]?: infer Parameters;
}
  ? NonNullable<Parameters> extends never
    ? Record<never, never>
    : NonNullable<Parameters>
  : Record<never, never>;

/** Who calls, as authentication found out. */
export interface Caller {
  readonly projectId: string;
  readonly projectName: string;
  readonly domainId: string;
  readonly domainName: string;
  readonly userId: string;
  readonly userName: string;
}

/** A request that has passed authentication and validation: parameters decoded, body parsed. */
export interface Call<Id extends OperationId> {
  readonly operationId: Id;
  readonly path: ParametersOf<Id, "path">;
  readonly query: ParametersOf<Id, "query">;
  /** Declared header parameters by their declared names. */
  readonly headers: ParametersOf<Id, "header">;
  readonly body: RequestBody<Id>;
  /** The body as it came in; empty when there was none. */
  readonly bytes: Uint8Array;
  /** All headers of the request, with names in lower case. */
  readonly allHeaders: Readonly<Record<string, string>>;
  readonly caller: Caller;
  readonly requestId: string;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** What a handler answers. Refusals are thrown as ServiceError. */
export interface Reply<Id extends OperationId> {
  /** Default: the operation's usual success. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, unless `contentType` says otherwise; bytes and text are sent as they are. */
  readonly body?: ResponseBody<Id> | Uint8Array | string;
  readonly contentType?: string;
}

export type Handler<Id extends OperationId> = (call: Call<Id>, app: App) => Reply<Id> | Promise<Reply<Id>>;

/** One handler for each operation: a new operation does not compile without its own. */
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };
