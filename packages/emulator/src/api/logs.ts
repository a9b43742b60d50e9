import type { Handler } from "../contract/handler.ts";
import { enableLogs, logPlaceOf } from "../core/logs/lts-logs.ts";

export const enableLtsLogs: Handler<"enableLtsLogs"> = ({ caller }, app) => {
  enableLogs(app, caller);
  return {};
};

export const showLtsLogDetails: Handler<"showLtsLogDetails"> = ({ path, caller }, app) => {
  const { groupId, groupName, streamId, streamName } = logPlaceOf(app, caller, path.function_urn);
  return {
    body: {
      ...(groupName !== undefined && { group_name: groupName }),
      ...(groupId !== undefined && { group_id: groupId }),
      ...(streamId !== undefined && { stream_id: streamId }),
      ...(streamName !== undefined && { stream_name: streamName }),
    },
  };
};
