import type { FunctionConfig, UpdateFunctionConfigRequest } from "@functiongraph/types";
import type { Caller } from "../../contract/handler.ts";
import type { App } from "../app.ts";
import { ServiceError } from "../service-error.ts";
import { assignLogs } from "./assign-logs.ts";
import { findLatest, putLatest } from "./change-latest.ts";
import { findFunction } from "./find-function.ts";
import { mergeLogConfig, mergeSettings } from "./merge-settings.ts";
import type { VersionRecord } from "./records.ts";
import { checkConfig } from "./rules/check-config.ts";
import { checkImage } from "./rules/check-image.ts";
import { checkStrategy } from "./rules/check-strategy.ts";
import { setConcurrency } from "./set-concurrency.ts";
import { showConfig } from "./show-function.ts";

/**
 * Changes the configuration of `latest`. Fields that the request leaves out stay as they are.
 * @throws ServiceError FSS.1002 (another name), FSS.1005 (another runtime), FSS.1015 (a published version), FSS.1051, FSS.1052, FSS.1053,
 * FSS.1309, and the code of the field that breaks its rule.
 */
export function updateConfig(
  app: App,
  caller: Caller,
  urn: string,
  request: UpdateFunctionConfigRequest,
): FunctionConfig {
  const project = caller.projectId;
  return app.store.write((tx) => {
    const found = findLatest(tx, project, urn);
    refuseFixed(found.version, request);
    const config = mergeSettings(found.version.config, request, caller);
    checkConfig(config);
    if (config.code_type === "Custom-Image-Swr") checkImage(config.custom_image, "FSS.1034");
    refuseUnsafeVpc(found.version.config, config);
    const logConfig = mergeLogConfig(found.version.logConfig, request);
    const version = putLatest(
      tx,
      app,
      project,
      found,
      assignLogs(app, {
        ...found.version,
        config,
        ...restoreHook(found.version, request),
        ...(logConfig && { logConfig }),
      }),
    );
    const concurrency = request.strategy_config?.concurrency;
    if (concurrency !== undefined) setConcurrency(tx, project, found.record, concurrency);
    return showConfig(tx, { region: app.region, project, record: found.record, version });
  });
}

/**
 * Limits the instances of a function with all its versions; without a number nothing changes.
 * @throws ServiceError FSS.1026, FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export function updateMaxInstances(
  app: App,
  caller: Caller,
  urn: string,
  most: number | undefined,
): FunctionConfig {
  const project = caller.projectId;
  return app.store.write((tx) => {
    const found = findFunction(tx, project, urn);
    const { runtime = "", type } = found.version.config;
    if (most !== undefined) {
      checkStrategy({ concurrency: most }, runtime, type, "max_instance_num");
      setConcurrency(tx, project, found.record, most);
      const whole = findFunction(tx, project, `${found.record.package}:${found.record.name}`);
      putLatest(tx, app, project, whole, whole.version);
    }
    return showConfig(tx, { region: app.region, project, ...findFunction(tx, project, urn) });
  });
}

function refuseFixed({ config }: VersionRecord, request: UpdateFunctionConfigRequest): void {
  if (request.func_name !== config.func_name) {
    throw new ServiceError(
      "FSS.1002",
      `Invalid function name. func_name cannot be changed from ${config.func_name} to "${request.func_name.slice(0, 80)}".`,
    );
  }
  if (request.runtime !== config.runtime) {
    throw new ServiceError(
      "FSS.1005",
      `Invalid runtime. runtime cannot be changed from ${config.runtime} to "${request.runtime.slice(0, 80)}".`,
    );
  }
}

function refuseUnsafeVpc(before: FunctionConfig, after: FunctionConfig): void {
  if (!before.func_vpc?.is_safety || after.func_vpc?.is_safety !== false) return;
  throw new ServiceError(
    "FSS.0400",
    "invalid parameter: func_vpc.is_safety cannot be switched off again once it is on.",
  );
}

function restoreHook(
  before: VersionRecord,
  request: UpdateFunctionConfigRequest,
): Pick<VersionRecord, "restoreHook"> {
  const {
    restore_hook_handler: handler = before.restoreHook?.handler,
    restore_hook_timeout: timeout = before.restoreHook?.timeout,
  } = request;
  return handler ? { restoreHook: { handler, ...(timeout !== undefined && { timeout }) } } : {};
}
