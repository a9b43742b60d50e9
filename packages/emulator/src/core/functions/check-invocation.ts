import type { App } from "../app.ts";
import { findTarget } from "../invocation/find-target.ts";
import { ServiceError } from "../service-error.ts";
import type { FoundFunction } from "./find-function.ts";
import { memorySizes } from "./rules/check-resources.ts";

/** A request to run a function. */
export interface InvocationRequest {
  readonly urn: string;
  /** Size of the event as JSON. */
  readonly eventBytes: number;
  readonly asynchronous: boolean;
  /** `X-Cff-Instance-Memory`, which counts for functions with dynamic memory only; in MB. */
  readonly instanceMemory?: number | undefined;
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
  { urn, eventBytes, asynchronous, instanceMemory }: InvocationRequest,
): FoundFunction {
  const found = findTarget(app, project, urn);
  const most = asynchronous ? mostEventBytes.asynchronous : mostEventBytes.synchronous;
  if (eventBytes > most)
    throw new ServiceError(
      "FSS.1201",
      `The request body is too large. The event must have at most ${most} bytes and has ${eventBytes}.`,
    );
  const { runtime, strategy_config: strategy, enable_dynamic_memory: dynamic } = found.version.config;
  if (asynchronous && runtime === "http") {
    throw new ServiceError("FSS.0400", "invalid parameter: an HTTP function cannot be run asynchronously.");
  }
  if (strategy?.concurrency === 0) throw new ServiceError("FSS.0429", "Function Disabled");
  if (dynamic && instanceMemory !== undefined && !memorySizes.some((size) => size === instanceMemory)) {
    throw new ServiceError("FSS.0406", `X-Cff-Instance-Memory not in [${memorySizes.join(" ")}]`);
  }
  return found;
}
