import type { FunctionConfig } from "@functiongraph/types";
import type { Caller } from "../../contract/handler.ts";
import type { Writer } from "../../store/store.ts";
import type { App } from "../app.ts";
import type { StoredCode } from "../code/store-code.ts";
import { ServiceError } from "../service-error.ts";
import { formatTime } from "../time.ts";
import { assignLogs } from "./assign-logs.ts";
import { checkDependencies } from "./check-dependencies.ts";
import { checkCodeQuota, checkFunctionQuota } from "./check-quota.ts";
import { mergeLogConfig, mergeSettings, type Settings } from "./merge-settings.ts";
import { nextSequence } from "./next-sequence.ts";
import { putVersion } from "./put-version.ts";
import { type FunctionRecord, functionKey, functions, latest, type VersionRecord } from "./records.ts";
import { checkConfig } from "./rules/check-config.ts";
import { checkFunctionName, checkPackageName } from "./rules/check-identity.ts";

/** A new function without its code, from a request or from an imported file. */
export interface NewFunction extends Settings {
  readonly func_name: string;
  readonly package: string;
  readonly runtime: string;
  readonly type?: "v1" | "v2";
  readonly depend_version_list?: readonly string[];
}

/**
 * Makes the configuration of a new function.
 * @throws ServiceError with the code of the field that breaks its rule.
 */
export function draftConfig(caller: Caller, request: NewFunction): FunctionConfig {
  checkFunctionName(request.func_name);
  checkPackageName(request.package);
  const defaults: FunctionConfig = {
    func_name: request.func_name,
    domain_id: caller.domainId,
    namespace: caller.projectId,
    project_name: caller.projectName,
    package: request.package,
    runtime: request.runtime,
    type: request.type ?? "v2",
    user_data: "",
    description: "",
    version: latest,
    ephemeral_storage: 512,
    strategy_config: { concurrency: 400, concurrent_num: 1 },
    enterprise_project_id: "0",
    enable_lts_log: false,
    is_stateful_function: false,
    enable_dynamic_memory: false,
    enable_auth_in_header: false,
  };
  // A function of the original generation knows only on and off.
  if (request.type === "v1") defaults.strategy_config = { concurrency: -1, concurrent_num: 1 };
  const config = mergeSettings(defaults, request, caller);
  checkConfig(config);
  return config;
}

/** What a transaction needs to add a function: `draftConfig` and `storeCode` made it before. */
export interface FunctionDraft {
  readonly request: NewFunction;
  readonly config: FunctionConfig;
  readonly code: StoredCode;
}

/**
 * Adds a function with its version `latest`.
 * @throws ServiceError FSS.1061 (name taken), FSS.1041, FSS.1042, FSS.1044 (limits), FSS.1024, FSS.1056 (dependencies).
 */
export function addFunction(
  tx: Writer,
  app: App,
  caller: Caller,
  { request, config, code }: FunctionDraft,
): { record: FunctionRecord; version: VersionRecord } {
  const { func_name: name, package: pkg } = request;
  const project = caller.projectId;
  if (tx.get(functions, project, functionKey(pkg, name))) throw new ServiceError("FSS.1061");
  checkFunctionQuota(tx, app, project, pkg);
  checkCodeQuota(tx, app, project, code.record.codeSize);
  const dependencies = checkDependencies(tx, app, project, request.depend_version_list ?? []);
  const now = formatTime(app.clock.now());
  const record: FunctionRecord = {
    package: pkg,
    name,
    functionId: app.rng.uuid(),
    sequence: nextSequence(tx, project),
    createdAt: now,
  };
  const version: VersionRecord = assignLogs(app, {
    version: latest,
    config: { ...config, ...code.config, depend_version_list: dependencies, last_modified: now },
    ...code.record,
    ...(request.log_config && { logConfig: mergeLogConfig(undefined, request) ?? {} }),
    revision: 1,
    lastModified: now,
  });
  tx.put(functions, project, functionKey(pkg, name), record);
  putVersion(tx, project, pkg, name, version);
  return { record, version };
}
