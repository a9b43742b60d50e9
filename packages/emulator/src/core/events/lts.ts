import type { LtsEvent, LtsEventLogLine, LtsEventLogs } from "@functiongraph/types";
import { formatUuid } from "../format-uuid.ts";
import { isEventData } from "../triggers/event-fields.ts";
import { textOf } from "./description-fields.ts";
import type { EventKind } from "./event-kind.ts";

/** `LTS`: lines of a log stream. */
export const lts: EventKind = {
  example: {
    log_group_id: "e5f60718-293a-4b4c-9d6e-7f8091a2b3c4",
    log_topic_id: "f6071829-3a4b-4c5d-8e7f-8091a2b3c4d5",
    logs: ["2026-03-02/10:40:00 Hello, Ada!"],
  },
  read: (fields, { now, domain, newId }) => {
    const group = fields.text("log_group_id", "the ID of the log group");
    const topic = fields.text("log_topic_id", "the ID of the log stream");
    const entries = fields.list("logs", "the lines, each a text or an object with at least message");
    const lines = entries.map((entry, index): LtsEventLogLine => {
      const line = isEventData(entry) ? entry : { message: entry };
      if (typeof line.message !== "string")
        throw fields.refuse("logs", `must have lines with a message, and line ${index + 1} has none`);
      return {
        time: now.getTime(),
        host_name: "localhost",
        ip: "127.0.0.1",
        path: "var/log/messages",
        log_uid: formatUuid(newId()),
        line_no: index + 1,
        ...line,
        message: textOf(line.message),
      };
    });
    const logs: LtsEventLogs = {
      logs: JSON.stringify(lines),
      owner: domain,
      log_group_id: group,
      log_topic_id: topic,
    };
    return {
      concerns: ({ data }) => data.log_group_id === group && data.log_topic_id === topic,
      eventFor: (): LtsEvent => ({ lts: { data: Buffer.from(JSON.stringify(logs)).toString("base64") } }),
    };
  },
};
