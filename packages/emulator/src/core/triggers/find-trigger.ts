import type { Reader } from "../../store/store.ts";
import { type FoundFunction, findFunction } from "../functions/find-function.ts";
import { ServiceError } from "../service-error.ts";
import { holderPrefix, qualifierText, type TriggerRecord, triggers } from "./records.ts";
import { isKnownType, triggerRule } from "./trigger-rules.ts";

/** A trigger with the function that it belongs to. */
export interface FoundTrigger {
  readonly trigger: TriggerRecord;
  readonly found: FoundFunction;
}

/**
 * Finds the trigger that a path names.
 * @throws ServiceError FSS.0403, FSS.1051, FSS.1052, FSS.1053, FSS.1309 (function), FSS.1131, FSS.1132, FSS.1136, FSS.1138, FSS.1140,
 * FSS.1174 (no such trigger), FSS.1137 (nor such a type).
 */
export function findTrigger(
  tx: Reader,
  project: string,
  urn: string,
  type: string,
  id: string,
): FoundTrigger {
  const found = findFunction(tx, project, urn);
  const { package: pkg, name } = found.record;
  const trigger = tx.get(
    triggers,
    project,
    `${holderPrefix(pkg, name, qualifierText(found.qualifier))}${id}`,
  );
  if (trigger?.type === type) return { trigger, found };
  // A type that no document knows exists as far as there are triggers of it.
  throw new ServiceError(isKnownType(type) ? triggerRule(type).missing : "FSS.1137");
}
