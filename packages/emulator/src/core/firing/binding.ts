import { formatUrn } from "../functions/urn.ts";
import { isEventData } from "../triggers/event-fields.ts";
import type { TriggerRecord } from "../triggers/records.ts";
import { triggerRule } from "../triggers/trigger-rules.ts";

/** The URN of what a trigger invokes: the version or alias that it belongs to, or the one that a gateway trigger names. */
export function boundUrn(region: string, project: string, trigger: TriggerRecord): string {
  const { func_info: info } = trigger.data;
  const chosen = triggerRule(trigger.type).gateway && isEventData(info) ? info.version : undefined;
  const qualifier = typeof chosen === "string" && chosen !== "" ? chosen : trigger.qualifier;
  return `${formatUrn(region, project, trigger.package, trigger.name)}:${qualifier}`;
}

/** Whether the source waits for the function: gateways unless told otherwise, and timers that say so. */
export function waitsForFunction({ type, data }: TriggerRecord): boolean {
  if (triggerRule(type).gateway)
    return !(isEventData(data.func_info) && data.func_info.invocation_type === "async");
  return type === "TIMER" && data.sync_execution === true;
}
