import type { KafkaEvent } from "@functiongraph/types";
import { mostEventBytes } from "../functions/check-invocation.ts";
import { epochSeconds } from "../time.ts";
import { admits, type EventKind, type Scene, textsOf } from "./event-kind.ts";

function kafkaEvent(
  scene: Scene,
  instance: string | undefined,
  topic: string,
  messages: readonly string[],
): KafkaEvent {
  return {
    event_version: "v1.0",
    event_time: epochSeconds(scene.now),
    trigger_type: "KAFKA",
    region: scene.region,
    ...(instance !== undefined && { instance_id: instance }),
    records: [{ topic_id: topic, messages: [...messages] }],
  };
}

/** `KAFKA`: messages of a topic of DMS for Kafka. */
export const kafka: EventKind = {
  example: {
    instance_id: "a7b8c9d0-e1f2-4031-8425-364758697a8b",
    topic: "orders",
    messages: ['{"name":"Ada"}', '{"name":"Grace"}'],
  },
  read: (fields, scene) => {
    const instance = fields.optionalText("instance_id", "the ID of the Kafka instance; any without it");
    const topic = fields.text("topic", 'the name of the topic, such as "orders"');
    const messages = fields.texts("messages", "the messages, oldest first");
    return {
      mostBytes: mostEventBytes.synchronous,
      concerns: ({ data }) => admits(data.instance_id, instance) && textsOf(data.topic_ids).includes(topic),
      eventFor: ({ trigger }) =>
        kafkaEvent(
          scene,
          instance ?? (String(trigger?.data.instance_id ?? "") || undefined),
          topic,
          messages,
        ),
    };
  },
};

/** `OPENSOURCEKAFKA`: messages of a topic of a Kafka of one's own. */
export const openSourceKafka: EventKind = {
  example: { kafka_connect_address: "192.168.10.5:9092", topic: "orders", messages: ['{"name":"Ada"}'] },
  read: (fields, scene) => {
    const what = "the address of one of the brokers as the trigger has it; any without it";
    const address = fields.optionalText("kafka_connect_address", what);
    const instance = fields.optionalText(
      "instance_id",
      "the ID of the instance in the event; empty without it",
    );
    const topic = fields.text("topic", 'the name of the topic, such as "orders"');
    const messages = fields.texts("messages", "the messages, oldest first");
    const brokers = (setting: unknown): string[] =>
      String(setting)
        .split(",")
        .map((broker) => broker.trim());
    return {
      mostBytes: mostEventBytes.synchronous,
      concerns: ({ data }) =>
        (address === undefined ||
          brokers(address).every((broker) => brokers(data.kafka_connect_address).includes(broker))) &&
        textsOf(data.topic_ids).includes(topic),
      // The service fills it although such a Kafka is no instance of its; with what, no document says.
      eventFor: ({ trigger }) =>
        kafkaEvent(scene, instance ?? String(trigger?.data.instance_id ?? ""), topic, messages),
    };
  },
};
