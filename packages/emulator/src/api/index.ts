import type { Handlers } from "../contract/handler.ts";
import type { Identity } from "../http/authentication/identity.ts";
import * as asyncExecution from "./async-execution.ts";
import * as dependencies from "./dependencies.ts";
import * as functions from "./functions.ts";
import { iamHandlers } from "./iam.ts";
import * as invocation from "./invocation.ts";
import * as logs from "./logs.ts";
import * as metrics from "./metrics.ts";
import * as quotas from "./quotas.ts";
import * as reservedInstances from "./reserved-instances.ts";
import * as testEvents from "./test-events.ts";
import * as tracing from "./tracing.ts";
import * as triggers from "./triggers.ts";
import * as versions from "./versions.ts";

/** Loaded with the first call: its YAML library is a third of the time and memory of a start. */
const importExport: Pick<Handlers, "exportFunction" | "importFunction"> = {
  exportFunction: async (call, app) => (await import("./import-export.ts")).exportFunction(call, app),
  importFunction: async (call, app) => (await import("./import-export.ts")).importFunction(call, app),
};

/**
 * The handlers of all operations: one that is missing does not compile.
 * @param baseUrl the server's address, known once it listens.
 */
export function createHandlers(identity: Identity, baseUrl: () => string): Handlers {
  return {
    ...asyncExecution,
    ...dependencies,
    ...functions,
    ...iamHandlers(identity, baseUrl),
    ...importExport,
    ...invocation,
    ...logs,
    ...metrics,
    ...quotas,
    ...reservedInstances,
    ...testEvents,
    ...tracing,
    ...triggers,
    ...versions,
  };
}
