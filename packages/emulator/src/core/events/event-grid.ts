import type { EventGridEvent } from "@functiongraph/types";
import type { Description } from "./description-fields.ts";
import { admits, type EventKind, textsOf } from "./event-kind.ts";
import { encodedKey } from "./obs.ts";

/** `EVENTGRID`: an event of a source, which a subscription lets through. */
export const eventGrid: EventKind = {
  example: {
    source: "HC.OBS.DWR",
    type: "OBS:DWR:ObjectCreated:PUT",
    bucket: "example-orders",
    key: "incoming/order 1.json",
  },
  read: (fields, { now, region, domain, newId }) => {
    const source = fields.text("source", "the source of the event, such as HC.OBS.DWR");
    const type = fields.text("type", "the type of the event, such as OBS:DWR:ObjectCreated:PUT");
    const channel = fields.optionalText("channel_id", "the ID of the channel; any without it");
    const bucket = fields.optionalText("bucket", "the bucket, if the source is one");
    const key = fields.optionalText("key", "the key of the object, not encoded");
    const subject = fields.optionalText("subject", "what the event is about") ?? key;
    const data = fields.object("data", "the content as the source defines it");
    const id = newId();
    const made = (configuration: string): Description => ({
      eventVersion: "3.0",
      eventSource: "OBS",
      eventRegion: region,
      eventTime: now.toISOString(),
      eventName: type.split(":").slice(2).join(":"),
      userIdentity: { ID: domain },
      requestParameters: { sourceIPAddress: "127.0.0.1" },
      obs: {
        Version: "1.0",
        configurationId: configuration,
        bucket: { bucket: bucket ?? "", name: bucket ?? "" },
        object: { key: encodedKey(key ?? ""), size: 0, eTag: id, sequencer: "1" },
      },
    });
    return {
      concerns: (trigger) =>
        admits(trigger.data.source_name, source) &&
        admits(trigger.data.channel_id, channel) &&
        admits(trigger.data.bucket, bucket) &&
        (trigger.data.event_types === undefined || textsOf(trigger.data.event_types).includes(type)),
      eventFor: ({ trigger }): EventGridEvent => ({
        id,
        specversion: "1.0",
        source,
        type,
        ...(subject !== undefined && { subject }),
        time: now.toISOString(),
        datacontenttype: "application/json",
        dataschema: "",
        ttl: "4000",
        data: data ?? (bucket === undefined ? {} : made(String(trigger?.data.trigger_name ?? ""))),
      }),
    };
  },
};
