import type { DisEvent } from "@functiongraph/types";
import { parseUrn } from "../functions/urn.ts";
import { isEventData } from "../triggers/event-fields.ts";
import { textOf } from "./description-fields.ts";
import type { EventKind } from "./event-kind.ts";

/** `DIS`: records of a partition of a stream. */
export const dis: EventKind = {
  example: {
    stream_name: "orders-stream",
    records: [{ partition_key: "ada", data: '{"name":"Ada"}' }, "plain text"],
  },
  read: (fields, { newId }) => {
    const stream = fields.text("stream_name", 'the name of the stream, such as "orders-stream"');
    const shard = fields.optionalText("shard_id", "the ID of the partition") ?? "shardId-0000000000";
    const what = "the records, each a text or an object with data and partition_key; data is not encoded";
    const records = fields.list("records", what).map((entry, index) => {
      const record = isEventData(entry) && entry.data !== undefined ? entry : { data: entry };
      const key = "partition_key" in record ? record.partition_key : undefined;
      return {
        partition_key: textOf(key ?? "0"),
        data: Buffer.from(textOf(record.data ?? "")).toString("base64"),
        sequence_number: String(index),
      };
    });
    const cursor = newId();
    return {
      concerns: ({ data }) => data.stream_name === stream,
      eventFor: ({ urn }): DisEvent => ({
        ShardID: shard,
        Message: { next_partition_cursor: cursor, records, millis_behind_latest: "" },
        Tag: tagOf(urn),
        StreamName: stream,
      }),
    };
  },
};

/** The version or alias in a URN. */
function tagOf(urn: string): string {
  const qualifier = urn === "" ? undefined : parseUrn(urn).qualifier;
  if (!qualifier) return "latest";
  return "alias" in qualifier ? qualifier.alias : qualifier.version;
}
