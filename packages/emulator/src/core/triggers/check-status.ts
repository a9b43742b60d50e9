import { ServiceError } from "../service-error.ts";
import { describe } from "./event-fields.ts";
import type { TriggerStatus } from "./records.ts";
import { triggerRule } from "./trigger-rules.ts";

/**
 * The status that a request asks for, or else the one given.
 * @throws ServiceError FSS.1318 when triggers of the type cannot be disabled, FSS.0400 for any other text.
 */
export function checkStatus(
  type: string,
  asked: string | undefined,
  otherwise: TriggerStatus,
): TriggerStatus {
  if (asked === undefined) return otherwise;
  if (asked !== "ACTIVE" && asked !== "DISABLED") {
    throw new ServiceError(
      "FSS.0400",
      `Invalid parameter. trigger_status must be ACTIVE or DISABLED and is ${describe(asked)}.`,
    );
  }
  if (asked === "DISABLED" && !triggerRule(type).canBeDisabled) {
    throw new ServiceError(
      "FSS.1318",
      `Invalid trigger operation. A trigger of type ${type} cannot be disabled; TIMER, DDS, DMS, KAFKA and LTS triggers can.`,
    );
  }
  return asked;
}
