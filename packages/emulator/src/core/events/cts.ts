import type { CtsEvent } from "@functiongraph/types";
import { formatUuid } from "../format-uuid.ts";
import { type EventKind, textsOf } from "./event-kind.ts";

/** `CTS`: an operation of a service was called. */
export const cts: EventKind = {
  example: {
    service_type: "ECS",
    resource_type: "server",
    trace_name: "restartServer",
    resource_name: "web-1",
  },
  read: (fields, { now, project, domain, newId }) => {
    const service = fields.text("service_type", "the service that was called, such as ECS");
    const resource = fields.text("resource_type", "the kind of resource, such as server");
    const operation = fields.text("trace_name", "the name of the operation, such as restartServer");
    const name = fields.optionalText("resource_name", "the name of the resource") ?? "";
    const id = fields.optionalText("resource_id", "the ID of the resource") ?? name;
    const user = fields.object("user", "who called: id, name and domain") ?? {};
    const request = fields.object("request", "what was asked") ?? {};
    const response = fields.object("response", "what was answered") ?? {};
    const code = fields.optionalInteger("code", "the HTTP status of the answer") ?? 200;
    const trace = formatUuid(newId());
    return {
      concerns: ({ data }) =>
        textsOf(data.operations).some((entry) => includes(entry, [service, resource, operation])),
      eventFor: (): CtsEvent => ({
        cts: {
          time: now.getTime(),
          user: { id: "", name: "", domain: { id: domain, name: "" }, ...user },
          request,
          response,
          code,
          service_type: service,
          resource_type: resource,
          resource_name: name,
          resource_id: id,
          trace_name: operation,
          trace_type: "ApiCall",
          record_time: now.getTime(),
          trace_id: trace,
          trace_status: code < 400 ? "normal" : "warning",
          trace_rating: code < 400 ? "normal" : "warning",
          api_version: "",
          domain_id: domain,
          project_id: project,
          message: "",
          operation_id: operation,
          read_only: false,
          resource_account_id: "",
          source_ip: "127.0.0.1",
        },
      }),
    };
  },
};

/** Whether `ECS:ecs;server:start;stop` means an operation of a resource of a service; capitals do not matter. */
function includes(entry: string, call: readonly string[]): boolean {
  const parts = entry.toLowerCase().split(":");
  return call.every((word, index) => parts[index]?.split(";").includes(word.toLowerCase()));
}
