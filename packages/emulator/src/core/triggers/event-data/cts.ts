import { ServiceError } from "../../service-error.ts";
import { describe, type EventFields } from "../event-fields.ts";
import type { EventData } from "../records.ts";

const maxOperations = 100;

/** Settings of a `CTS` trigger: up to a hundred operations, none of them twice. */
export function readCts(fields: EventFields): EventData {
  const name = fields.text("name", { max: 64 });
  const operations = fields.texts("operations");
  if (operations.length > maxOperations) {
    throw new ServiceError(
      "FSS.1313",
      `The number of operation resources has reached the maximum allowed limit. event_data.operations has ${operations.length} entries and may have ${maxOperations}.`,
    );
  }
  const selected = new Set<string>();
  for (const entry of operations) {
    for (const single of singleOperations(entry, fields)) {
      if (selected.has(single)) {
        throw new ServiceError(
          "FSS.1316",
          `The resource operation has already been selected. event_data.operations names ${describe(single)} twice.`,
        );
      }
      selected.add(single);
    }
  }
  return { name, operations };
}

/** Takes `ECS:ecs;server:start;stop` apart into the four combinations that it stands for. */
function singleOperations(entry: string, fields: EventFields): string[] {
  const parts = entry.split(":").map((part) => part.split(";"));
  const [services, resources, operations, more] = parts;
  if (
    !services ||
    !resources ||
    !operations ||
    more ||
    parts.some((part) => part.includes("")) ||
    services.length > 1
  ) {
    throw fields.refuse(
      "operations",
      `must have entries such as ECS:server:startServer;stopServer and has ${describe(entry)}`,
    );
  }
  return resources.flatMap((resource) =>
    operations.map((operation) => `${services[0]}:${resource}:${operation}`),
  );
}
