import type { EventDataContext } from "./event-data/context.ts";
import { readCts } from "./event-data/cts.ts";
import { readDis } from "./event-data/dis.ts";
import { completeDocumentDatabase, readDocumentDatabase } from "./event-data/document-database.ts";
import { completeEventGrid, readEventGrid } from "./event-data/event-grid.ts";
import { completeGateway, readGateway } from "./event-data/gateway.ts";
import { readKafka, readOpenSourceKafka } from "./event-data/kafka.ts";
import { readLts } from "./event-data/lts.ts";
import { readDms, readRabbitMq, readRocketMq } from "./event-data/message-queues.ts";
import { completeObs, readObs } from "./event-data/obs.ts";
import { completeSmn, readSmn } from "./event-data/smn.ts";
import { readTimer } from "./event-data/timer.ts";
import { defined, type EventFields, eventFields } from "./event-fields.ts";
import type { EventData } from "./records.ts";
import { isKnownType, type KnownTriggerType } from "./trigger-rules.ts";

/** How the settings of a type are checked, and what the service adds to them. */
interface EventDataKind {
  /** What of the settings the type knows, checked. */
  readonly read: (fields: EventFields, context: EventDataContext) => EventData;
  /** The settings with the fields that the service sets; some stay what they were. */
  readonly complete?: (
    data: EventData,
    context: EventDataContext,
    previous: EventData | undefined,
  ) => EventData;
}

const gateway: EventDataKind = { read: readGateway, complete: completeGateway };
const documentDatabase: EventDataKind = { read: readDocumentDatabase, complete: completeDocumentDatabase };

const kinds: Readonly<Record<Exclude<KnownTriggerType, "IOTDA">, EventDataKind>> = {
  TIMER: { read: readTimer },
  APIG: gateway,
  DEDICATEDGATEWAY: gateway,
  APIC: gateway,
  OBS: { read: readObs, complete: completeObs },
  SMN: { read: readSmn, complete: completeSmn },
  KAFKA: { read: readKafka },
  OPENSOURCEKAFKA: { read: readOpenSourceKafka },
  ROCKETMQ: { read: readRocketMq },
  RABBITMQ: { read: readRabbitMq },
  DMS: { read: readDms },
  DIS: { read: readDis },
  LTS: { read: readLts },
  CTS: { read: readCts },
  DDS: documentDatabase,
  GAUSSMONGO: documentDatabase,
  EVENTGRID: { read: readEventGrid, complete: completeEventGrid },
};

/**
 * Settings as they are stored: checked, without what the type does not know, and with what the service sets. No document tells the
 * fields of IoTDA and of unknown types, so theirs are kept as they come.
 * @param previous the settings until now, when they are changed.
 * @throws ServiceError with the code of the type, naming the field.
 */
export function readEventData(data: EventData, context: EventDataContext, previous?: EventData): EventData {
  const { type } = context;
  if (!isKnownType(type) || type === "IOTDA") return data;
  const { read, complete } = kinds[type];
  const checked = read(eventFields(type, data), context);
  return defined(complete ? complete(checked, context, previous) : checked);
}
