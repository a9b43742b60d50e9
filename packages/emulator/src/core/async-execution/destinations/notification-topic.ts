import { type Deliver, UndeliverableError } from "./destination.ts";
import { sendLocal } from "./send-local.ts";

/**
 * Publishes a notification as SMN's own API has it: `POST <base>/v2/<project>/notifications/topics/<topic URN>/publish` with
 * `{"subject": "…", "message": "<the notification as JSON text>"}`.
 */
export const deliverToTopic: Deliver = async (
  { notifications: base },
  { project, record, param, signal },
) => {
  if (base === undefined) {
    throw new UndeliverableError(
      "no address is configured for SMN; give the emulator one on this machine that takes what topics get",
    );
  }
  await sendLocal({
    method: "POST",
    base,
    path: ["v2", project, "notifications", "topics", String(param.topic_urn), "publish"],
    body: JSON.stringify({ subject: `FunctionGraph: ${record.name}`, message: record.payload }),
    signal,
  });
};
