import type { SmnEvent } from "@functiongraph/types";
import { parseUrn } from "../functions/urn.ts";
import { textOf } from "./description-fields.ts";
import type { EventKind } from "./event-kind.ts";

/** `SMN`: a message was published to a topic. */
export const smn: EventKind = {
  example: {
    topic_urn: "urn:smn:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:orders",
    message: '{"name":"Ada"}',
    subject: "New orders",
  },
  read: (fields, { now, newId }) => {
    const urn = fields.text("topic_urn", "the URN of the topic, such as urn:smn:<region>:<project>:<topic>");
    const message = fields.value("message");
    if (message === undefined)
      throw fields.refuse("message", "is missing: it is the text that was published");
    const subject = fields.optionalText("subject", "the subject of the message") ?? "";
    const attributes = fields.object("message_attributes", "the attributes of the message") ?? null;
    const id = newId();
    return {
      concerns: ({ data }) => data.topic_urn === urn,
      eventFor: (target): SmnEvent => ({
        record: [
          {
            event_version: "1.0",
            smn: {
              topic_urn: urn,
              timestamp: `${now.toISOString().slice(0, 19)}Z`,
              message_attributes: attributes,
              message: textOf(message),
              type: "notification",
              message_id: id,
              subject,
            },
            event_subscription_urn: target.urn,
            event_source: "smn",
          },
        ],
        functionname: target.urn === "" ? "" : parseUrn(target.urn).name,
        requestId: target.requestId,
        timestamp: dateText(now),
      }),
    };
  },
};

/** A time as JavaScript shows it where the clocks are those of UTC. */
function dateText(time: Date): string {
  const [day = "", date = "", month = "", year = "", clock = ""] = time.toUTCString().split(/,? /);
  return `${day} ${month} ${date} ${year} ${clock} GMT+0000 (UTC)`;
}
