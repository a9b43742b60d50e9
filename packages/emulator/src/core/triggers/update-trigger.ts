import { errors } from "@functiongraph/types/errors";
import type { Caller } from "../../contract/handler.ts";
import type { App } from "../app.ts";
import { ServiceError } from "../service-error.ts";
import { formatTime } from "../time.ts";
import { checkConflicts } from "./check-conflicts.ts";
import { checkPolling } from "./check-limits.ts";
import { checkStatus } from "./check-status.ts";
import { eventFields, isEventData } from "./event-fields.ts";
import { findTrigger } from "./find-trigger.ts";
import { readEventData } from "./read-event-data.ts";
import { type EventData, type TriggerRecord, triggerKey, triggers, triggersOfProject } from "./records.ts";
import { triggerRule } from "./trigger-rules.ts";

/** What a request changes; what it leaves out stays. */
export interface TriggerChange {
  readonly status?: string | undefined;
  readonly data?: unknown;
}

/** What an entry of the array form can hold. */
const pollingFields = ["is_serial", "max_fetch_bytes", "polling_interval", "polling_unit"];

/**
 * Switches a trigger on or off, changes its settings, or both.
 * @throws ServiceError of updateTrigger: those of `findTrigger`, FSS.1318, the codes of the settings, conflicts with other triggers, FSS.1123.
 */
export function updateTrigger(
  app: App,
  caller: Caller,
  urn: string,
  type: string,
  id: string,
  change: TriggerChange,
): TriggerRecord {
  const project = caller.projectId;
  return app.store.write((tx) => {
    const { trigger, found } = findTrigger(tx, project, urn, type, id);
    if (change.status === undefined && change.data === undefined) return trigger;
    const status = checkStatus(type, change.status, trigger.status);
    const wanted = change.data === undefined ? {} : settingsOf(type, change.data);
    refuseOtherBucket(trigger, wanted);
    const data = readEventData(
      { ...trigger.data, ...wanted },
      { app, tx, project, type, found, id },
      trigger.data,
    );
    const now = app.clock.now();
    const restarted =
      (status === "ACTIVE" && trigger.status !== "ACTIVE") || data.schedule !== trigger.data.schedule;
    const changed: TriggerRecord = {
      ...trigger,
      status,
      data,
      updatedAt: formatTime(now),
      activeSince: restarted ? now.getTime() : trigger.activeSince,
    };
    const others = triggersOfProject(tx, project).filter(
      (other) => triggerKey(other) !== triggerKey(trigger),
    );
    checkConflicts(changed, others, false);
    if (trigger.status !== "ACTIVE") checkPolling(changed, others, app.limits);
    tx.put(triggers, project, triggerKey(changed), changed);
    return changed;
  });
}

/** The object as it is; of the array the first entry, and of that the four fields that the form knows. */
function settingsOf(type: string, data: unknown): EventData {
  if (isEventData(data)) return data;
  const [first = {}] = Array.isArray(data) ? (data as readonly unknown[]) : []; // `isArray` knows no element type
  if (Array.isArray(data) && isEventData(first)) {
    return Object.fromEntries(Object.entries(first).filter(([field]) => pollingFields.includes(field)));
  }
  const { invalid } = triggerRule(type);
  throw new ServiceError(
    invalid,
    `${errors[invalid].message} event_data must be an object, or an array of objects.`,
  );
}

function refuseOtherBucket(trigger: TriggerRecord, wanted: EventData): void {
  if (trigger.type !== "OBS" || wanted.bucket === undefined || wanted.bucket === trigger.data.bucket) return;
  throw eventFields("OBS", wanted).refuse("bucket", "cannot be changed");
}
