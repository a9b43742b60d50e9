import { createHash } from "node:crypto";
import type { ObsEvent } from "@functiongraph/types";
import { obsEvents } from "../triggers/event-data/obs-event.ts";
import type { TriggerRecord } from "../triggers/records.ts";
import type { DescriptionFields } from "./description-fields.ts";
import { type EventKind, textsOf } from "./event-kind.ts";

const names = [
  "ObjectCreated:Put",
  "ObjectCreated:Post",
  "ObjectCreated:Copy",
  "ObjectCreated:CompleteMultipartUpload",
  "ObjectRemoved:Delete",
  "ObjectRemoved:DeleteMarkerCreated",
] as const;

/** `OBS`: an object came or went. */
export const obs: EventKind = {
  example: { bucket: "example-orders", key: "incoming/order 1.json", size: 1024, event: "ObjectCreated:Put" },
  read: (fields, scene) => {
    const bucket = fields.text("bucket", 'the name of the bucket, such as "example-orders"');
    const key = fields.text("key", 'the key of the object, such as "incoming/order 1.json", not encoded');
    const size = fields.optionalInteger("size", "the size of the object in bytes") ?? 0;
    const eventName = readName(fields);
    const eTag = fields.optionalText("etag", "the hash of the content");
    const versionId = fields.optionalText("version_id", "the version of the object");
    const single = eventName.slice(eventName.indexOf(":") + 1).toLowerCase();
    const id = scene.newId();
    return {
      concerns: (trigger) => trigger.data.bucket === bucket && watches(trigger, key, single),
      eventFor: ({ trigger }): ObsEvent => ({
        Records: [
          {
            eventVersion: "2.0",
            eventSource: "aws:s3",
            awsRegion: scene.region,
            eventTime: scene.now.toISOString(),
            eventName,
            userIdentity: { principalId: scene.domain },
            requestParameters: { sourceIPAddress: "127.0.0.1" },
            responseElements: { "x-amz-request-id": id, "x-amz-id-2": scene.newId() },
            s3: {
              s3SchemaVersion: "1.0",
              configurationId: String(trigger?.data.name ?? ""),
              bucket: {
                name: bucket,
                ownerIdentity: { PrincipalId: scene.domain },
                arn: `arn:aws:s3:::${bucket}`,
              },
              object: {
                key: encodedKey(key),
                eTag: eTag ?? createHash("md5").update(id).digest("hex"),
                size,
                ...(versionId !== undefined && { versionId }),
                sequencer: scene.now.getTime().toString(16).toUpperCase().padStart(32, "0"),
              },
            },
          },
        ],
      }),
    };
  },
};

/** The key of an object as events have it: spaces as plus signs, everything else in percent-encoding, slashes too. */
export function encodedKey(key: string): string {
  return encodeURIComponent(key).replaceAll("%20", "+");
}

function readName(fields: DescriptionFields): (typeof names)[number] {
  const text = fields.optionalText("event", `what happened, one of ${names.join(", ")}`) ?? names[0];
  const [single, more] = obsEvents(/^object\w+:/i.test(text) ? `s3:${text}` : text) ?? [];
  const name = names.find((each) => each.toLowerCase().endsWith(`:${single}`));
  if (name && more === undefined) return name;
  throw fields.refuse(
    "event",
    `must be one of ${names.join(", ")} and is ${JSON.stringify(text.slice(0, 80))}`,
  );
}

function watches({ data }: TriggerRecord, key: string, single: string): boolean {
  return (
    textsOf(data.events).some((event) => obsEvents(event)?.includes(single)) &&
    key.startsWith(String(data.prefix ?? "")) &&
    key.endsWith(String(data.suffix ?? ""))
  );
}
