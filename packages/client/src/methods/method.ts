import type { CallOptions } from "../client-options.ts";
import type { OperationId, OperationTypes, RequestBody, ResponseBody } from "../generated/types/index.js";
import type { InvocationResult } from "./invocation-result.ts";
import type { Item } from "./item.ts";

type ParametersOf<Id extends OperationId> = OperationTypes[Id]["parameters"];

/** The client fills the project in; a call may name another. */
type Filled<Path> = Omit<Path, "project_id"> &
  ("project_id" extends keyof Path ? { readonly project_id?: string } : unknown);

/** A part of the arguments: it may be left out when nothing in it has to be there, and is unknown to operations without it. */
type Part<Name extends string, Value> = [NonNullable<Value>] extends [never]
  ? unknown
  : object extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value };

type BodyPart<Id extends OperationId> = OperationTypes[Id] extends { requestBody: unknown }
  ? { readonly body: RequestBody<Id> }
  : Part<"body", RequestBody<Id> | undefined>;

type PathPart<Path> = [NonNullable<Path>] extends [never] ? unknown : Part<"path", Filled<Path>>;

/** What an operation takes, by the names and shapes of the wire: `path`, `query`, `header` and `body`. */
export type Arguments<Id extends OperationId> = PathPart<ParametersOf<Id>["path"]> &
  Part<"query", ParametersOf<Id>["query"]> &
  Part<"header", ParametersOf<Id>["header"]> &
  BodyPart<Id>;

/** What an operation resolves to: its answer's body; for some of them more than the body has. */
export type Result<Id extends OperationId> = Id extends "invokeFunction"
  ? InvocationResult
  : Id extends "createToken"
    ? ResponseBody<Id> & {
        /** The token itself, from the header `X-Subject-Token`; not enumerable, so that it is not printed along. */
        readonly subjectToken: string;
      }
    : Id extends "exportFunction"
      ? Uint8Array<ArrayBuffer>
      : [ResponseBody<Id>] extends [never]
        ? undefined
        : ResponseBody<Id>;

/** The parameters of a method: arguments come first and may be left out when nothing in them has to be there. */
export type CallParameters<Args, Options> = object extends Args
  ? [args?: Args | undefined, options?: Options | undefined]
  : [args: Args, options?: Options | undefined];

/** Calls an operation; rejects with a FunctionGraphError when the service refuses or fails. */
export type Method<Id extends OperationId> = (
  ...parameters: CallParameters<Arguments<Id>, CallOptions>
) => Promise<Result<Id>>;

/** Runs a function; rejects with a FunctionError when the function fails. Name the type of its result, or check it: it is the function's. */
export type InvokeMethod = <Value = unknown>(
  ...parameters: CallParameters<Arguments<"invokeFunction">, CallOptions>
) => Promise<InvocationResult<Value>>;

/** Settings of a walk through pages; signal, timeout and retries hold for the call of each page. */
export interface PageOptions extends CallOptions {
  /** The walk ends after so many items, or pages of `pages()`. */
  readonly limit?: number | undefined;
}

/** Calls a list operation, for one page or through all of them. */
export interface PagedMethod<Id extends OperationId, Path extends string> extends Method<Id> {
  /** Every item of the list from the given position on, page after page. */
  items(
    ...parameters: CallParameters<Arguments<Id>, PageOptions>
  ): AsyncGenerator<Item<ResponseBody<Id>, Path>, void, undefined>;
  /** Every page from the given position on. */
  pages(
    ...parameters: CallParameters<Arguments<Id>, PageOptions>
  ): AsyncGenerator<ResponseBody<Id>, void, undefined>;
}
