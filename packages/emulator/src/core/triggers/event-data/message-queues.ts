import type { EventFields } from "../event-fields.ts";
import type { EventData } from "../records.ts";

/** Settings of a `ROCKETMQ` trigger: with access control on, both keys are needed. */
export function readRocketMq(fields: EventFields): EventData {
  const controlled = fields.optionalBoolean("enable_acl");
  return {
    instance_id: fields.text("instance_id"),
    topic: fields.optionalText("topic"),
    batch_size: fields.integer("batch_size", 1, 1000),
    enable_acl: controlled,
    access_key: controlled ? fields.text("access_key") : fields.optionalText("access_key", { empty: true }),
    secret_key: controlled ? fields.text("secret_key") : fields.optionalText("secret_key", { empty: true }),
  };
}

/** Settings of a `RABBITMQ` trigger. */
export function readRabbitMq(fields: EventFields): EventData {
  return {
    instance_id: fields.text("instance_id"),
    exchange_name: fields.text("exchange_name"),
    vhost: fields.optionalText("vhost", { empty: true }),
    access_user: fields.optionalText("access_user", { empty: true }),
    access_password: fields.text("access_password"),
    connect_address: fields.optionalText("connect_address", { empty: true }),
    ssl_enable: fields.optionalBoolean("ssl_enable"),
    batch_size: fields.integer("batch_size", 1, 1000),
  };
}

/** Settings of a `DMS` trigger. */
export function readDms(fields: EventFields): EventData {
  return {
    queue_id: fields.text("queue_id"),
    consumer_group_id: fields.text("consumer_group_id"),
    polling_interval: fields.integer("polling_interval", 1, 60),
  };
}
