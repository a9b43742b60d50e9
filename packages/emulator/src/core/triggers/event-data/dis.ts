import type { Json } from "../../../store/store.ts";
import { describe, type EventFields } from "../event-fields.ts";
import type { EventData } from "../records.ts";

/** Settings of a `DIS` trigger. An interval in seconds goes to a minute, one in milliseconds as far as it likes. */
export function readDis(fields: EventFields): EventData {
  const unit = fields.optionalText("polling_unit", { oneOf: ["s", "ms"] });
  return {
    stream_name: fields.text("stream_name"),
    sharditerator_type: fields.text("sharditerator_type", { oneOf: ["TRIM_HORIZON", "LATEST"] }),
    polling_interval: fields.optionalInteger("polling_interval", 1, unit === "ms" ? 2 ** 31 - 1 : 60),
    polling_unit: unit,
    max_fetch_bytes: fields.optionalInteger("max_fetch_bytes", 0, 4_194_304),
    is_serial: readFlag(fields),
    batch_size: fields.optionalInteger("batch_size", 1, 10_000),
  };
}

// The official SDK sends the texts "true" and "false"; both forms are kept as they came.
function readFlag(fields: EventFields): Json | undefined {
  const flag = fields.value("is_serial");
  if (flag === undefined || typeof flag === "boolean" || flag === "true" || flag === "false") return flag;
  throw fields.refuse("is_serial", `must be true or false and is ${describe(flag)}`);
}
