import type { App } from "../app.ts";
import { checkInvocation } from "../functions/check-invocation.ts";
import { ServiceError } from "../service-error.ts";
import type { InvocationInput, InvocationOutcome } from "./contract.ts";
import { specOf } from "./find-target.ts";

/**
 * Runs a function and waits for its end, however it ends.
 * @throws ServiceError when it does not run at all: as checkInvocation does, FSS.0429 (no instance free), FSS.0503 (it cannot run here).
 */
export async function invoke(app: App, input: InvocationInput): Promise<InvocationOutcome> {
  const { projectId, urn, event, requestId, type, headers, instanceMemoryMb, signal } = input;
  const found = checkInvocation(app, projectId, {
    urn,
    // What waits in the queue was checked when it was accepted.
    eventBytes: type === "async" ? 0 : event.byteLength,
    asynchronous: type === "async",
    instanceMemory: instanceMemoryMb,
  });
  const spec = specOf(app, projectId, found, headers, instanceMemoryMb);
  const alias = input.alias ?? found.alias?.name;
  try {
    const outcome = await app.runner.run(
      spec,
      alias === undefined ? { requestId, event, type } : { requestId, event, type, alias },
      signal,
    );
    app.journal.ended(outcome);
    return outcome;
  } catch (error) {
    // A request that waits in the queue is tried again: to its caller it was not turned away.
    if (error instanceof ServiceError && type === "sync") app.journal.rejected(spec, app.clock.now());
    throw error;
  }
}
