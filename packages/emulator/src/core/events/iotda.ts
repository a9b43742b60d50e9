import type { IotdaEvent } from "@functiongraph/types";
import { formatUuid } from "../format-uuid.ts";
import { admits, type EventKind } from "./event-kind.ts";

/** `IOTDA`: data of a device, or a change of one. */
export const iotda: EventKind = {
  example: {
    resource: "device.property",
    event: "report",
    device_id: "example-product_oven-1",
    body: { services: [{ service_id: "oven", properties: { temperature: 180 } }] },
  },
  read: (fields, { now, newId }) => {
    const resource = fields.text("resource", "what the event is about, such as device.property");
    const event = fields.text("event", "what happened, such as report");
    const device = fields.optionalText("device_id", "the ID of the device") ?? "";
    const header = fields.object("header", "the device: app_id, node_id, product_id …") ?? {};
    const body = fields.object("body", "the content") ?? {};
    const id = formatUuid(newId());
    const time = now.toISOString();
    return {
      concerns: ({ data }) => admits(data.resource, resource) && admits(data.event, event),
      eventFor: (): IotdaEvent => ({
        resource,
        event,
        event_time: `${time.slice(0, 19).replaceAll(/[-:]/g, "")}Z`,
        event_time_ms: time,
        request_id: id,
        notify_data: { header: { device_id: device, gateway_id: device, ...header }, body },
      }),
    };
  },
};
