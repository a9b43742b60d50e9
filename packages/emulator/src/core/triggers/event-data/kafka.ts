import { ServiceError } from "../../service-error.ts";
import { describe, type EventFields } from "../event-fields.ts";
import type { EventData } from "../records.ts";

const maxBatch = 1000;

/** Settings of a `KAFKA` trigger. */
export function readKafka(fields: EventFields): EventData {
  return {
    instance_id: fields.text("instance_id"),
    kafka_connect_address: fields.optionalText("kafka_connect_address", { empty: true }),
    ...readTopics(fields),
    batch_size: fields.integer("batch_size", 1, maxBatch),
  };
}

/** Settings of an `OPENSOURCEKAFKA` trigger. */
export function readOpenSourceKafka(fields: EventFields): EventData {
  const address = fields.text("kafka_connect_address");
  const wrong = address.split(",").find((broker) => !/^[^\s:]+:\d{1,5}$/.test(broker.trim()));
  if (wrong !== undefined) {
    throw fields.refuse(
      "kafka_connect_address",
      `must be addresses such as 192.168.0.1:9092 with commas between them and has ${describe(wrong)}`,
    );
  }
  return {
    kafka_connect_address: address,
    ...readTopics(fields),
    batch_size: fields.optionalInteger("batch_size", 1, maxBatch),
  };
}

function readTopics(fields: EventFields): EventData {
  const topics = fields.texts("topic_ids");
  const twice = topics.find((topic, index) => topics.indexOf(topic) !== index);
  if (twice !== undefined) throw fields.refuse("topic_ids", `names ${describe(twice)} twice`);
  const encrypted = fields.optionalBoolean("kafka_ssl_enable");
  const user = fields.optionalText("kafka_user", { empty: true });
  const password = fields.optionalText("kafka_password", { empty: true });
  if (encrypted && !(user && password)) throw new ServiceError("FSS.1113");
  return { topic_ids: topics, kafka_user: user, kafka_password: password, kafka_ssl_enable: encrypted };
}
