import createClient, { type Client } from "openapi-fetch";
import type { ClientOptions } from "./client-options.ts";
import type { FunctionGraphMethods } from "./generated/methods.ts";
import type { paths } from "./generated/types/index.js";
import { createMethods, type Requester } from "./methods/create-methods.ts";
import { createSender } from "./request/create-sender.ts";
import { PlainRequest } from "./request/plain-request.ts";
import { serializePath } from "./request/serialize-path.ts";
import { settingsOf } from "./request/settings.ts";

/** A client: a method for each operation, and openapi-fetch over all paths. */
export interface FunctionGraph extends FunctionGraphMethods {
  /** openapi-fetch as it is, with the same authentication, retries and time limit; `timeout` and `maxRetries` may be given here, too. */
  readonly raw: Client<paths>;
}

/**
 * Makes a client; nothing is sent before its first call. Throws a ValidationError for options that cannot be right.
 *
 * @example
 * ```ts
 * const fg = createFunctionGraph({ region: "eu-de", credentials: { accessKey, secretKey } });
 * for await (const fn of fg.listFunctions.items()) console.log(fn.func_name);
 * ```
 */
export function createFunctionGraph(options: ClientOptions): FunctionGraph {
  const settings = settingsOf(options);
  // Loaded when a project has to be found.
  const send = createSender(settings, async () =>
    (await import("./request/find-project.ts")).findProject(methods, options.region),
  );
  const shared = { baseUrl: settings.endpoints.functionGraph, fetch: send, pathSerializer: serializePath };
  const raw = createClient<paths>(shared);
  // `as`: middleware may replace requests and looks for the platform's class; without any, our own is as good and faster.
  const inner = createClient<paths>({
    ...shared,
    ...(!settings.hasMiddleware && { Request: PlainRequest as unknown as typeof Request }),
  });
  for (const client of [raw, inner]) client.use(...(options.middleware ?? []));
  // `as`: the methods' own types say which arguments go with which path.
  const methods = createMethods(inner.request as Requester);
  return { ...methods, raw };
}
