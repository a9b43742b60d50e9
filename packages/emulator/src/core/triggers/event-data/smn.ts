import { ServiceError } from "../../service-error.ts";
import type { EventFields } from "../event-fields.ts";
import type { EventData } from "../records.ts";
import type { EventDataContext } from "./context.ts";

/** Settings of an `SMN` trigger: the URN of a topic in this region, as there are no others here. */
export function readSmn(fields: EventFields, { app }: EventDataContext): EventData {
  const urn = fields.text("topic_urn");
  const match = /^urn:smn:([^:]+):[^:]+:[A-Za-z0-9_-]{1,256}$/.exec(urn);
  if (!match)
    throw fields.refuse("topic_urn", "must be the URN of a topic, as urn:smn:<region>:<project>:<topic>");
  if (match[1] !== app.region) throw new ServiceError("FSS.1171");
  return { topic_urn: urn };
}

/** A subscription of a function is confirmed by the service itself. */
export function completeSmn(data: EventData): EventData {
  return { ...data, subscription_status: "Confirmed" };
}
