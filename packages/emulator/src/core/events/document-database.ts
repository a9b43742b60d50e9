import type { DdsEvent, DocumentDatabaseEventChange, GaussMongoEvent } from "@functiongraph/types";
import type { TriggerRecord } from "../triggers/records.ts";
import type { DescriptionFields } from "./description-fields.ts";
import { admits, type EventKind, type Scene } from "./event-kind.ts";

interface Change {
  /** `insert`, `update` … */
  readonly operation: string;
  readonly token: string;
  readonly change: DocumentDatabaseEventChange;
  concerns(trigger: TriggerRecord): boolean;
}

function readChange(fields: DescriptionFields, { newId }: Scene): Change {
  const instance = fields.optionalText("instance_id", "the ID of the database instance; any without it");
  const database = fields.text("db_name", 'the name of the database, such as "shop"');
  const collection = fields.text("collection_name", 'the name of the collection, such as "orders"');
  const operation = fields.optionalText("operation", "what happened; insert without it") ?? "insert";
  const document = fields.object("document", "the document after the change");
  if (!document)
    throw fields.refuse(
      "document",
      'is missing: it is the document after the change, such as {"name":"Ada"}',
    );
  const text = JSON.stringify({ _id: { $oid: newId().slice(0, 24) }, ...document });
  const token = JSON.stringify({ _data: newId().toUpperCase() });
  return {
    operation,
    token,
    change: {
      size_bytes: String(Buffer.byteLength(text)),
      token,
      full_document: text,
      ns: JSON.stringify({ db: database, coll: collection }),
    },
    concerns: ({ data }) =>
      admits(data.instance_id, instance) && data.db_name === database && data.collection_name === collection,
  };
}

const example = {
  db_name: "orders",
  collection_name: "open",
  operation: "insert",
  document: { name: "Ada" },
};

/** `DDS`: a document of a collection of Document Database Service changed. */
export const dds: EventKind = {
  example,
  read: (fields, scene) => {
    const { operation, change, concerns } = readChange(fields, scene);
    return {
      concerns,
      eventFor: ({ trigger }): DdsEvent => ({
        records: [
          {
            event_source: "dds",
            event_name: operation,
            region: scene.region,
            event_version: "1.0",
            dds: change,
            event_source_id: trigger?.id ?? "",
          },
        ],
      }),
    };
  },
};

/** `GAUSSMONGO`: a document of a collection of GaussDB for Mongo changed. */
export const gaussMongo: EventKind = {
  example,
  read: (fields, scene) => {
    const { operation, change, token, concerns } = readChange(fields, scene);
    return {
      concerns,
      eventFor: ({ trigger }): GaussMongoEvent => ({
        records: [
          {
            event_source: "gauss_mongo",
            // The service's own sample has the quotation marks inside of the text.
            event_name: JSON.stringify(operation),
            region: scene.region,
            event_version: "1.0",
            gauss_mongo: change,
            event_source_id: trigger?.id ?? "",
          },
        ],
        vernier: token,
      }),
    };
  },
};
