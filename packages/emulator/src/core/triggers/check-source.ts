import type { FoundFunction } from "../functions/find-function.ts";
import { ServiceError } from "../service-error.ts";
import { triggerRule } from "./trigger-rules.ts";

/**
 * Checks that the configuration of the function has what its version or alias needs for a type of triggers.
 * @throws ServiceError FSS.1153 (an HTTP function takes gateway triggers only, or no VPC), FSS.1114 (Kafka and no VPC), FSS.1121 (no agency).
 */
export function checkSource(type: string, { version: { config } }: FoundFunction): void {
  const { gateway, needs } = triggerRule(type);
  if (config.runtime === "http" && !gateway) {
    throw new ServiceError(
      "FSS.1153",
      `The triggering conditions have not been met. An HTTP function takes gateway triggers only, and this is ${type}.`,
    );
  }
  if (needs === "agency" && !config.xrole && !config.app_xrole) {
    throw new ServiceError(
      "FSS.1121",
      `Forbidden. A ${type} trigger needs a function with an agency that may read the source; set xrole.`,
    );
  }
  if (needs !== "vpc" || config.func_vpc) return;
  if (type === "KAFKA") {
    throw new ServiceError(
      "FSS.1114",
      "The subnet of the function must be the same as that of the Kafka instance. The function is in none; set func_vpc.",
    );
  }
  throw new ServiceError(
    "FSS.1153",
    `The triggering conditions have not been met. A ${type} trigger needs a function in the VPC of its source; set func_vpc.`,
  );
}
