import type { FunctionAsyncConfig } from "@functiongraph/types";
import type { AsyncConfigRecord } from "./config-records.ts";

/** The settings of asynchronous requests, as they stand in a function's configuration. */
export function showAsyncSettings(config: AsyncConfigRecord): FunctionAsyncConfig {
  return {
    max_async_event_age_in_seconds: config.maxAge,
    max_async_retry_attempts: config.maxRetries,
    destination_config: config.destinations ?? {},
    created_time: config.createdAt,
    last_modified: config.lastModified,
  };
}
