import type { TimerEvent } from "@functiongraph/types";
import { formatTime } from "../time.ts";
import type { TriggerRecord } from "../triggers/records.ts";
import type { EventKind } from "./event-kind.ts";

/** What a timer tells its function. @param at when the run was due. */
export function timerEvent(trigger: Pick<TriggerRecord, "id" | "data">, at: Date): TimerEvent {
  const { name, user_event: text } = trigger.data;
  return {
    version: "v1.0",
    time: formatTime(at),
    trigger_type: "TIMER",
    trigger_name: typeof name === "string" ? name : trigger.id,
    user_event: typeof text === "string" ? text : "",
  };
}

/** `TIMER`: has timers fire out of turn, all of the project or the one with a name. */
export const timer: EventKind = {
  example: { trigger_name: "every-five-minutes", time: "2026-03-02T10:00:00Z" },
  read: (fields, { now }) => {
    const name = fields.optionalText("trigger_name", "the name of the timer; all fire without it");
    const text = fields.optionalText("user_event", "a text instead of the one that is stored with the timer");
    const time = fields.optionalText("time", "when the run was due, such as 2026-03-02T10:00:00Z");
    const at = time === undefined ? now : new Date(time);
    if (Number.isNaN(at.getTime()))
      throw fields.refuse("time", "must be a time such as 2026-03-02T10:00:00Z");
    return {
      concerns: ({ data, id }) => name === undefined || name === (data.name ?? id),
      eventFor: ({ trigger }): TimerEvent => ({
        version: "v1.0",
        trigger_type: "TIMER",
        trigger_name: name ?? "",
        ...(trigger && timerEvent(trigger, at)),
        time: formatTime(at),
        user_event: text ?? (trigger ? timerEvent(trigger, at).user_event : ""),
      }),
    };
  },
};
