import { readAnswer } from "../answers/read-answer.ts";
import type { CallOptions } from "../client-options.ts";
import type { FunctionGraphMethods } from "../generated/methods.ts";
import type { Call } from "../request/call.ts";
import { type AnyArguments, checkArguments } from "../request/check-arguments.ts";
import { operations } from "./operation.ts";
import { items, pages } from "./pages.ts";

/** What openapi-fetch makes of a method and a path: its `request`, whichever the operation. */
export type Requester = (method: string, path: string, init: object) => Promise<{ readonly response: Response }>;

/** Asks for what a program wants of a run: the envelope, which cannot be mistaken for a result, and the log. */
const runHeaders = { "X-CFF-Request-Version": "v1", "X-Cff-Log-Type": "tail" };

/** One method for each operation of the table. */
export function createMethods(request: Requester): FunctionGraphMethods {
  const methods = operations().map((operation) => {
    const method = async (args: AnyArguments = {}, options: CallOptions = {}): Promise<unknown> => {
      checkArguments(operation, args);
      const { path = {}, query, body } = args;
      const header = operation.flags.includes("i") ? { ...runHeaders, ...args.header } : args.header;
      const call: Call = { operation, options };
      const { headers } = options;
      const params = { path, query, header };
      const { response } = await request(operation.method, operation.path, { params, body, headers, parseAs: "stream", call });
      return readAnswer(call, response, (header as typeof runHeaders | undefined)?.["X-CFF-Request-Version"] === "v0");
    };
    if (!operation.items) return [operation.id, method];
    return [
      operation.id,
      Object.assign(method, { items: items.bind(null, operation, method), pages: pages.bind(null, operation, method) }),
    ];
  });
  // `as`: the table and the interface are made from the same description.
  return Object.fromEntries(methods) as FunctionGraphMethods;
}
