import type { KnownTriggerType } from "../triggers/trigger-rules.ts";
import { cts } from "./cts.ts";
import { dis } from "./dis.ts";
import { dds, gaussMongo } from "./document-database.ts";
import { eventGrid } from "./event-grid.ts";
import type { EventKind } from "./event-kind.ts";
import { gateway } from "./gateway.ts";
import { iotda } from "./iotda.ts";
import { kafka, openSourceKafka } from "./kafka.ts";
import { lts } from "./lts.ts";
import { dms, rabbitMq, rocketMq } from "./message-queues.ts";
import { obs } from "./obs.ts";
import { smn } from "./smn.ts";
import { timer } from "./timer.ts";

/** How the events of all documented types of triggers are made. */
export const eventKinds: Readonly<Record<KnownTriggerType, EventKind>> = {
  TIMER: timer,
  APIG: gateway,
  DEDICATEDGATEWAY: gateway,
  APIC: gateway,
  OBS: obs,
  SMN: smn,
  KAFKA: kafka,
  OPENSOURCEKAFKA: openSourceKafka,
  ROCKETMQ: rocketMq,
  RABBITMQ: rabbitMq,
  DMS: dms,
  DIS: dis,
  LTS: lts,
  CTS: cts,
  DDS: dds,
  GAUSSMONGO: gaussMongo,
  EVENTGRID: eventGrid,
  IOTDA: iotda,
};
