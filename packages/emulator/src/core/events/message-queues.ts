import type { DmsEvent, RabbitMqEvent, RocketMqEvent } from "@functiongraph/types";
import { mostEventBytes } from "../functions/check-invocation.ts";
import { epochSeconds } from "../time.ts";
import { admits, type EventKind } from "./event-kind.ts";

const messagesAre = "the messages, oldest first";

/** `ROCKETMQ`: messages of a topic of DMS for RocketMQ. */
export const rocketMq: EventKind = {
  example: {
    instance_id: "b8c9d0e1-f203-4142-9536-475869708192",
    topic: "orders",
    messages: ['{"name":"Ada"}'],
  },
  read: (fields, { now, region }) => {
    const instance = fields.optionalText("instance_id", "the ID of the RocketMQ instance; any without it");
    const topic = fields.text("topic", 'the name of the topic, such as "orders"');
    const messages = fields.texts("messages", messagesAre);
    return {
      mostBytes: mostEventBytes.synchronous,
      concerns: ({ data }) => admits(data.instance_id, instance) && admits(data.topic, topic),
      eventFor: ({ trigger }): RocketMqEvent => ({
        event_version: "v1.0",
        event_time: epochSeconds(now),
        trigger_type: "ROCKETMQ",
        region,
        instance_id: instance ?? String(trigger?.data.instance_id ?? ""),
        records: [{ topic_id: topic, messages: [...messages] }],
      }),
    };
  },
};

/** `RABBITMQ`: messages of an exchange of DMS for RabbitMQ. */
export const rabbitMq: EventKind = {
  example: {
    instance_id: "c9d0e1f2-0314-4253-a647-58697081a2b3",
    exchange: "orders",
    messages: ['{"name":"Ada"}'],
  },
  read: (fields, { now, region }) => {
    const instance = fields.optionalText("instance_id", "the ID of the RabbitMQ instance; any without it");
    const exchange = fields.text("exchange", 'the name of the exchange, such as "orders"');
    const messages = fields.texts("messages", messagesAre);
    return {
      concerns: ({ data }) => admits(data.instance_id, instance) && data.exchange_name === exchange,
      eventFor: ({ trigger }): RabbitMqEvent => ({
        event_version: "v1.0",
        event_time: epochSeconds(now),
        trigger_type: "RABBITMQ",
        region,
        records: [
          {
            exchange,
            instance_id: instance ?? String(trigger?.data.instance_id ?? ""),
            messages: [...messages],
          },
        ],
      }),
    };
  },
};

/** `DMS`: messages of a queue. */
export const dms: EventKind = {
  example: { queue_id: "d0e1f203-1425-4364-b758-69708192a3b4", messages: ['{"name":"Ada"}'] },
  read: (fields, { region }) => {
    const queue = fields.text("queue_id", "the ID of the queue");
    const messages = fields.texts("messages", messagesAre);
    return {
      concerns: ({ data }) => data.queue_id === queue,
      eventFor: (): DmsEvent => ({
        event_version: "v1.0",
        trigger_type: "DMS",
        region,
        queue_id: queue,
        records: [{ messages: [...messages] }],
      }),
    };
  },
};
