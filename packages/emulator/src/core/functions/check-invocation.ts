import type { App } from "../app.ts";
import { ServiceError } from "../service-error.ts";
import { type FoundFunction, findFunction } from "./find-function.ts";
import { memorySizes } from "./rules/check-resources.ts";

/** A request to run a function. */
export interface InvocationRequest {
  readonly urn: string;
  readonly event: unknown;
  readonly asynchronous: boolean;
  /** `X-Cff-Instance-Memory`, which counts for functions with dynamic memory only. */
  readonly instanceMemory?: string | undefined;
}

const kib = 1024;

/** The most bytes of an event as JSON. */
export const mostEventBytes: { readonly synchronous: number; readonly asynchronous: number } = {
  synchronous: 6 * kib * kib,
  asynchronous: 256 * kib,
};

/**
 * Finds the function to run and checks all that can be known before it runs.
 * @throws ServiceError FSS.1201 (event too large), FSS.1309, FSS.1051, FSS.1052, FSS.1053, FSS.0429 (disabled), FSS.0406 (memory), FSS.0400
 * (an HTTP function cannot run asynchronously).
 */
export function checkInvocation(
  app: App,
  project: string,
  { urn, event, asynchronous, instanceMemory }: InvocationRequest,
): FoundFunction {
  const found = app.store.read((tx) => findFunction(tx, project, urn));
  const most = asynchronous ? mostEventBytes.asynchronous : mostEventBytes.synchronous;
  const size = Buffer.byteLength(JSON.stringify(event) ?? "");
  if (size > most)
    throw new ServiceError(
      "FSS.1201",
      `The request body is too large. The event must have at most ${most} bytes and has ${size}.`,
    );
  const { runtime, strategy_config: strategy, enable_dynamic_memory: dynamic } = found.version.config;
  if (asynchronous && runtime === "http") {
    throw new ServiceError("FSS.0400", "invalid parameter: an HTTP function cannot be run asynchronously.");
  }
  if (strategy?.concurrency === 0) throw new ServiceError("FSS.0429", "Function Disabled");
  if (dynamic && instanceMemory !== undefined && !memorySizes.map(String).includes(instanceMemory)) {
    throw new ServiceError("FSS.0406", `X-Cff-Instance-Memory not in [${memorySizes.join(" ")}]`);
  }
  return found;
}
