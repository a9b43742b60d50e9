import type { App } from "../app.ts";
import { formatUrn } from "../functions/urn.ts";
import type { InvocationInput, InvocationOutcome } from "../invocation/contract.ts";
import { bookedTimes } from "../journal/booked-times.ts";
import { judgeError, judgeOutcome, type Verdict } from "./judge-attempt.ts";
import type { TakenRequest } from "./take-request.ts";

/** What an attempt needs. */
export interface AttemptTools {
  readonly app: Pick<App, "store" | "clock" | "region">;
  readonly invoke: (input: InvocationInput) => Promise<InvocationOutcome>;
  readonly userErrorRetries: boolean;
}

/**
 * Calls the function of a request once and judges how that ended. Never rejects.
 * @param dueAt when the run counts in figures, in milliseconds since 1970, where that is not when it starts
 */
export async function runAttempt(
  { app, invoke, userErrorRetries }: AttemptTools,
  project: string,
  { record, event }: TakenRequest,
  signal: AbortSignal,
  dueAt?: number,
): Promise<{ readonly verdict: Verdict; readonly startedAt: Date }> {
  const { requestId, package: pkg, name, version, alias, instanceMemoryMb } = record;
  const now = app.clock.now();
  const booked = bookedTimes(app.store);
  if (dueAt !== undefined) booked.set(requestId, new Date(dueAt));
  try {
    const outcome = await invoke({
      projectId: project,
      urn: formatUrn(app.region, project, pkg, name, { version }),
      event,
      requestId,
      type: "async",
      ...(alias !== undefined && { alias }),
      ...(instanceMemoryMb !== undefined && { instanceMemoryMb }),
      signal,
    });
    return { verdict: judgeOutcome(outcome, userErrorRetries), startedAt: outcome.startedAt };
  } catch (error) {
    return { verdict: judgeError(error), startedAt: now };
  } finally {
    booked.delete(requestId);
  }
}
