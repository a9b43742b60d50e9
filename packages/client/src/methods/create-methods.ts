import { readAnswer } from "../answers/read-answer.ts";
import type { CallOptions } from "../client-options.ts";
import type { FunctionGraphMethods } from "../generated/methods.ts";
import type { Call } from "../request/call.ts";
import { type AnyArguments, checkArguments } from "../request/check-arguments.ts";
import type { PageOptions } from "./method.ts";
import { operations } from "./operation.ts";

/** What openapi-fetch makes of a method and a path: its `request`, whichever the operation. */
export type Requester = (
  method: string,
  path: string,
  init: object,
) => Promise<{ readonly response: Response }>;

/** Asks for what a program wants of a run: the envelope, which cannot be mistaken for a result, and the log. */
const runHeaders = { "X-CFF-Request-Version": "v1", "X-Cff-Log-Type": "tail" };

/** One method for each operation of the table. */
export function createMethods(request: Requester): FunctionGraphMethods {
  const methods = operations().map((operation) => {
    const { id, method, path, flags, items } = operation;
    const call = async (
      { body, header, path: values = {}, query }: AnyArguments = {},
      options: CallOptions = {},
    ): Promise<unknown> => {
      checkArguments(operation, values, body);
      const sent: Call = {
        operation,
        options,
        header: flags.includes("i") ? { ...runHeaders, ...header } : header,
      };
      const params = { path: values, query, header: sent.header };
      const init = { params, body, headers: options.headers, parseAs: "stream", call: sent };
      return readAnswer(sent, (await request(method, path, init)).response);
    };
    // Loaded at the first walk, as bundlers make it a file of its own.
    const walk = (name: "items" | "pages") =>
      async function* (args?: AnyArguments, options?: PageOptions): AsyncGenerator<unknown, void, undefined> {
        yield* (await import("./pages.ts"))[name](operation, call, args, options);
      };
    return [id, items ? Object.assign(call, { items: walk("items"), pages: walk("pages") }) : call];
  });
  // `as`: the table and the interface are made from the same description.
  return Object.fromEntries(methods) as FunctionGraphMethods;
}
