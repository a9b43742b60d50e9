import { ServiceError } from "../../service-error.ts";
import { describe, type EventFields } from "../event-fields.ts";
import type { EventData } from "../records.ts";
import type { EventDataContext } from "./context.ts";

/** Databases of the server itself: no trigger can watch them. */
const reserved = ["admin", "local", "config"];

/** Settings of the triggers on databases of documents: `DDS` and `GAUSSMONGO`. */
export function readDocumentDatabase(fields: EventFields): EventData {
  const database = fields.text("db_name");
  if (reserved.includes(database)) {
    throw new ServiceError(
      "FSS.1172",
      `The database or collection does not exist. event_data.db_name is ${describe(database)}, which is reserved.`,
    );
  }
  return {
    instance_id: fields.text("instance_id"),
    db_name: database,
    collection_name: fields.text("collection_name"),
    db_password: fields.text("db_password"),
    batch_size: fields.integer("batch_size", 1, 10_000),
  };
}

/** What the service finds out about the instance: the administrator, the kind and the addresses of two nodes. */
export function completeDocumentDatabase(
  data: EventData,
  { app }: EventDataContext,
  previous: EventData | undefined,
): EventData {
  const same = previous?.instance_id === data.instance_id ? previous : undefined;
  const node = (): string =>
    `192.168.${Math.floor(app.rng.next() * 256)}.${1 + Math.floor(app.rng.next() * 254)}:8635`;
  return {
    ...data,
    db_user: same?.db_user ?? "rwuser",
    mode: same?.mode ?? "ReplicaSet",
    instance_addrs: same?.instance_addrs ?? [node(), node()],
  };
}
