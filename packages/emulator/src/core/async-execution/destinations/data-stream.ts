import { type Deliver, UndeliverableError } from "./destination.ts";
import { sendLocal } from "./send-local.ts";

/**
 * Puts a notification into a stream as DIS's own API has it: `POST <base>/v2/<project>/records` with
 * `{"stream_name": "…", "records": [{"data": "<the notification in Base64>", "partition_key": "<request>"}]}`.
 */
export const deliverToStream: Deliver = async ({ streams: base }, { project, record, param, signal }) => {
  if (base === undefined) {
    throw new UndeliverableError(
      "no address is configured for DIS; give the emulator one on this machine that takes what streams get",
    );
  }
  const data = Buffer.from(record.payload).toString("base64");
  const records = [{ data, partition_key: record.requestId }];
  await sendLocal({
    method: "POST",
    base,
    path: ["v2", project, "records"],
    body: JSON.stringify({ stream_name: param.stream_name, records }),
    signal,
  });
};
