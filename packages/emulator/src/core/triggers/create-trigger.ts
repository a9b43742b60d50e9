import { errors } from "@functiongraph/types/errors";
import type { Caller } from "../../contract/handler.ts";
import type { App } from "../app.ts";
import { findFunction } from "../functions/find-function.ts";
import { ServiceError } from "../service-error.ts";
import { formatTime } from "../time.ts";
import { checkConflicts } from "./check-conflicts.ts";
import { checkPolling, checkTriggerCount } from "./check-limits.ts";
import { checkSource } from "./check-source.ts";
import { checkStatus } from "./check-status.ts";
import { describe, isEventData } from "./event-fields.ts";
import { readEventData } from "./read-event-data.ts";
import {
  qualifierText,
  type TriggerRecord,
  triggerKey,
  triggers,
  triggersOf,
  triggersOfProject,
} from "./records.ts";
import { couldBeType, triggerRule } from "./trigger-rules.ts";

/** What a request says about the trigger that it creates. */
export interface NewTrigger {
  readonly type: string;
  readonly status?: string | undefined;
  readonly data: unknown;
}

/**
 * Creates a trigger of the version or alias that the URN names.
 * @throws ServiceError of createFunctionTrigger: the function (FSS.1051 …), the type (FSS.1101), its settings, what the source needs,
 * conflicts with other triggers, limits.
 */
export function createTrigger(app: App, caller: Caller, urn: string, wanted: NewTrigger): TriggerRecord {
  const project = caller.projectId;
  return app.store.write((tx) => {
    const found = findFunction(tx, project, urn);
    const { type } = wanted;
    if (!couldBeType(type)) {
      throw new ServiceError(
        "FSS.1101",
        `Invalid trigger type. trigger_type_code must be in capitals, such as TIMER, and is ${describe(type)}.`,
      );
    }
    const rule = triggerRule(type);
    const status = checkStatus(type, wanted.status, rule.startsDisabled ? "DISABLED" : "ACTIVE");
    if (!isEventData(wanted.data))
      throw new ServiceError(rule.invalid, `${errors[rule.invalid].message} event_data must be an object.`);
    checkSource(type, found);
    const qualifier = qualifierText(found.qualifier);
    const { package: pkg, name } = found.record;
    const siblings = triggersOf(tx, project, pkg, name, qualifier);
    const others = triggersOfProject(tx, project);
    checkTriggerCount(type, siblings.length, others, app.limits);
    const id = rule.gateway ? app.rng.hex(32) : app.rng.uuid();
    const now = app.clock.now();
    const trigger: TriggerRecord = {
      id,
      type,
      status,
      data: readEventData(wanted.data, { app, tx, project, type, found, id }),
      package: pkg,
      name,
      qualifier,
      sequence: (siblings.at(-1)?.sequence ?? 0) + 1,
      createdAt: formatTime(now),
      updatedAt: formatTime(now),
      activeSince: now.getTime(),
    };
    checkConflicts(trigger, others, true);
    checkPolling(trigger, others, app.limits);
    tx.put(triggers, project, triggerKey(trigger), trigger);
    return trigger;
  });
}
