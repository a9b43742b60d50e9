import type { AsyncInvocation, FunctionAsyncInvokeConfig } from "@functiongraph/types";
import type { Handler } from "../contract/handler.ts";
import {
  type AsyncConfigInput,
  deleteAsyncConfig,
  type FoundAsyncConfig,
  listAsyncConfigs,
  setAsyncConfig,
  showAsyncConfig,
} from "../core/async-execution/async-config.ts";
import { cancelInvocation } from "../core/async-execution/cancel-invocation.ts";
import { asyncDefaults } from "../core/async-execution/config-records.ts";
import type { AsyncInvocationRecord } from "../core/async-execution/invocation-records.ts";
import { listAsyncInvocationRecords } from "../core/async-execution/list-invocations.ts";
import { showAsyncSettings } from "../core/async-execution/show-async-settings.ts";
import { offsetPage, pageInfo } from "../core/offset-page.ts";

export const updateFunctionAsyncInvokeConfig: Handler<"updateFunctionAsyncInvokeConfig"> = (
  { path, body, caller },
  app,
) => {
  const { log_group_id, log_group_name, log_stream_id, log_stream_name } = body;
  const given = Object.entries({ log_group_id, log_group_name, log_stream_id, log_stream_name }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const input: AsyncConfigInput = {
    maxAge: body.max_async_event_age_in_seconds ?? asyncDefaults.maxAge,
    maxRetries: body.max_async_retry_attempts ?? asyncDefaults.maxRetries,
    ...(body.destination_config && { destinations: body.destination_config }),
    statusLog: body.enable_async_status_log ?? asyncDefaults.statusLog,
    ...(given.length > 0 && { logPlace: Object.fromEntries(given) }),
  };
  return { body: showConfig(setAsyncConfig(app, caller, path.function_urn, input)) };
};

export const showFunctionAsyncInvokeConfig: Handler<"showFunctionAsyncInvokeConfig"> = (
  { path, caller },
  app,
) => ({
  body: showConfig(showAsyncConfig(app, caller, path.function_urn)),
});

export const deleteFunctionAsyncInvokeConfig: Handler<"deleteFunctionAsyncInvokeConfig"> = (
  { path, caller },
  app,
) => {
  deleteAsyncConfig(app, caller, path.function_urn);
  return { status: 204 };
};

export const listFunctionAsyncInvokeConfig: Handler<"listFunctionAsyncInvokeConfig"> = (
  { path, query, caller },
  app,
) => {
  const all = listAsyncConfigs(app, caller, path.function_urn);
  const page = offsetPage(all, query.marker, query.limit, { parameter: "limit", usual: 10, largest: 100 });
  return {
    body: { async_invoke_configs: page.items.map(showConfig), count: page.total, page_info: pageInfo(page) },
  };
};

export const listAsyncInvocations: Handler<"listAsyncInvocations"> = ({ path, query, caller }, app) => {
  const filter = {
    requestId: query.request_id,
    status: query.status,
    begin: query.query_begin_time,
    end: query.query_end_time,
  };
  const all = app.store.read((tx) =>
    listAsyncInvocationRecords(tx, caller.projectId, path.function_urn, filter, app.clock.now()),
  );
  const page = offsetPage(all, query.marker, query.limit, {
    parameter: "limit",
    usual: 100,
    largest: 500,
    strict: true,
  });
  return { body: { invocations: page.items.map(showRecord), count: page.total, next_marker: page.next } };
};

export const cancelAsyncInvocation: Handler<"cancelAsyncInvocation"> = ({ path, body, caller }, app) => {
  for (const record of cancelInvocation(app, caller, path.function_urn, body.request_id, body.type))
    app.queue.cancelled(caller.projectId, record);
  return { body: null };
};

function showConfig({ urn, config }: FoundAsyncConfig): FunctionAsyncInvokeConfig {
  return {
    func_urn: urn,
    ...showAsyncSettings(config),
    enable_async_status_log: config.statusLog,
  };
}

function showRecord({
  requestId,
  status,
  errorMessage,
  errorCode,
  startTime,
  endTime,
}: AsyncInvocationRecord): AsyncInvocation {
  return {
    request_id: requestId,
    status,
    error_message: errorMessage,
    error_code: errorCode,
    start_time: withoutZone(startTime),
    ...(endTime !== undefined && { end_time: withoutZone(endTime) }),
  };
}

/** UTC in whole seconds, as these records have their times. */
function withoutZone(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19);
}
