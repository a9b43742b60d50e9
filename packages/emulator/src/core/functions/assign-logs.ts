import type { App } from "../app.ts";
import type { VersionRecord } from "./records.ts";

/**
 * A version whose logs have a place: with logging switched on and no group or stream named, they get one of their own, as the service
 * makes it.
 */
export function assignLogs(app: App, version: VersionRecord): VersionRecord {
  const { config } = version;
  if (!config.enable_lts_log && !version.logConfig) return version;
  const given = version.logConfig ?? {};
  const logConfig = config.enable_lts_log
    ? {
        group_name: given.group_name ?? "functiongraph.log.group.default",
        group_id: given.group_id ?? app.rng.uuid(),
        stream_name: given.stream_name ?? `${config.package}_${config.func_name}`,
        stream_id: given.stream_id ?? app.rng.uuid(),
      }
    : given;
  return {
    ...version,
    logConfig,
    config: {
      ...config,
      ...(logConfig.group_id !== undefined && { log_group_id: logConfig.group_id }),
      ...(logConfig.stream_id !== undefined && { log_stream_id: logConfig.stream_id }),
    },
  };
}
