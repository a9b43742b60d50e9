import type { Limits } from "../limits.ts";
import { ServiceError } from "../service-error.ts";
import type { TriggerRecord } from "./records.ts";
import { triggerRule } from "./trigger-rules.ts";

/**
 * Checks that a version or alias may have one more trigger, and the project one more of `CTS`.
 * @throws ServiceError FSS.1306.
 */
export function checkTriggerCount(
  type: string,
  siblings: number,
  ofProject: readonly TriggerRecord[],
  limits: Limits,
): void {
  const most = limits.triggersPerVersion;
  if (siblings >= most) {
    throw new ServiceError(
      "FSS.1306",
      `The number of triggers exceeds the maximum allowed limit. A version or alias has at most ${most}.`,
    );
  }
  if (type === "CTS" && ofProject.filter((other) => other.type === "CTS").length >= limits.ctsTriggers) {
    throw new ServiceError(
      "FSS.1306",
      `The number of triggers exceeds the maximum allowed limit. A project has at most ${limits.ctsTriggers} CTS triggers.`,
    );
  }
}

/**
 * Checks that one more trigger may poll its source; those that are disabled do not count.
 * @param others without the trigger itself.
 * @throws ServiceError FSS.1123.
 */
export function checkPolling(trigger: TriggerRecord, others: readonly TriggerRecord[], limits: Limits): void {
  if (trigger.status !== "ACTIVE" || !triggerRule(trigger.type).polls) return;
  const polling = others.filter((other) => other.status === "ACTIVE" && triggerRule(other.type).polls).length;
  if (polling < limits.pollingTriggers) return;
  throw new ServiceError(
    "FSS.1123",
    `The number of pull triggers exceeds the maximum allowed limit. A project has at most ${limits.pollingTriggers} active ones.`,
  );
}
