import { createHash } from "node:crypto";
import type { Caller } from "../../contract/handler.ts";
import { type Collection, collection } from "../../store/store.ts";
import type { App } from "../app.ts";
import { owningFunction } from "../owning-function.ts";
import { ServiceError } from "../service-error.ts";
import { formatTime } from "../time.ts";

/** The log group of a project whose logs go to Log Tank Service. */
export interface LogGroupRecord {
  readonly groupId: string;
  readonly groupName: string;
  readonly enabledAt: string;
}

/** Where the logs of a function are; all fields are absent as long as they go nowhere. */
export interface LogPlace {
  readonly groupId?: string;
  readonly groupName?: string;
  readonly streamId?: string;
  readonly streamName?: string;
}

/** One record at most in each project, under `groupKey`. */
export const logGroups: Collection<LogGroupRecord> = collection("log-group");

const groupKey = "lts";

/**
 * Switches logging to Log Tank Service on for a project.
 * @throws ServiceError FSS.1221 when it is on.
 */
export function enableLogs(app: App, caller: Caller): void {
  app.store.write((tx) => {
    if (tx.get(logGroups, caller.projectId, groupKey)) throw new ServiceError("FSS.1221");
    const group = {
      groupId: app.rng.uuid(),
      groupName: "functiongraph-logs",
      enabledAt: formatTime(app.clock.now()),
    };
    tx.put(logGroups, caller.projectId, groupKey, group);
  });
}

/**
 * Tells the group and the stream of a function: those of its own configuration before those of the project.
 * @throws ServiceError FSS.1051, FSS.1309.
 */
export function logPlaceOf(app: App, caller: Caller, urn: string): LogPlace {
  return app.store.read((tx) => {
    const { record, version } = owningFunction(tx, caller.projectId, urn);
    const own = version.logConfig;
    if (own?.group_id && own.stream_id) {
      return {
        groupId: own.group_id,
        streamId: own.stream_id,
        ...(own.group_name && { groupName: own.group_name }),
        ...(own.stream_name && { streamName: own.stream_name }),
      };
    }
    const group = tx.get(logGroups, caller.projectId, groupKey);
    if (!group) return {};
    const { groupId, groupName } = group;
    return { groupId, groupName, streamId: streamIdOf(groupId, record.functionId), streamName: record.name };
  });
}

/** The same for the same function each time, so that asking stores nothing. A UUID in form. */
function streamIdOf(groupId: string, functionId: string): string {
  const hex = createHash("sha256").update(`${groupId}:${functionId}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
