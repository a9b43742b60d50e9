import type {
  FunctionCode,
  FunctionConfig,
  FunctionDependency,
  FunctionVersion,
  ListFunctionResult,
} from "@functiongraph/types";
import type { Reader } from "../../store/store.ts";
import { asyncConfigOf } from "../async-execution/config-records.ts";
import { showAsyncSettings } from "../async-execution/show-async-settings.ts";
import { findDependencyVersion } from "../dependencies/find-dependency.ts";
import { showUsedVersion } from "../dependencies/show-dependency.ts";
import { showReservedInstances } from "../reserved-instances/show-reserved-instances.ts";
import { pick } from "./pick.ts";
import type { FunctionRecord, VersionRecord } from "./records.ts";
import { allowsEphemeralStorage } from "./rules/check-resources.ts";
import { formatUrn } from "./urn.ts";

/** What is shown: a version of a function, and where it is. */
export interface Shown {
  readonly region: string;
  readonly project: string;
  readonly record: FunctionRecord;
  readonly version: VersionRecord;
}

/** A version with its whole configuration. */
export function showConfig(tx: Reader, shown: Shown): FunctionConfig {
  const { record, version } = shown;
  const { encrypted_user_data: _secret, ...config } = version.config;
  const asyncConfig = asyncConfigOf(tx, shown.project, record.package, record.name, version.version);
  return {
    func_id: record.functionId,
    resource_id: record.functionId,
    func_urn: urnOf(shown),
    ...config,
    cpu: cpuOf(config.memory_size),
    app_xrole: config.app_xrole ?? null,
    func_vpc: config.func_vpc ?? null,
    mount_config: config.mount_config ?? null,
    depend_version_list: config.depend_version_list ?? [],
    dependencies: dependenciesOf(tx, shown),
    ...(asyncConfig && { function_async_config: showAsyncSettings(asyncConfig) }),
    ...showReservedInstances(tx, shown.project, record, version.version),
    allow_ephemeral_storage: allowsEphemeralStorage(config.runtime ?? ""),
    long_time: (config.timeout ?? 0) > 900,
  };
}

/** What is registered about the code of a version; the code itself only where the service hands it out. */
export function showCode(tx: Reader, shown: Shown, file = ""): FunctionCode {
  const { config } = shown.version;
  return {
    func_urn: urnOf(shown),
    ...pick(config, [
      "func_name",
      "domain_id",
      "runtime",
      "code_type",
      "code_url",
      "code_filename",
      "code_size",
      "digest",
      "last_modified",
    ]),
    func_code: { file, link: "" },
    depend_version_list: config.depend_version_list ?? [],
    ...pick(config, ["strategy_config", "code_encrypt_kms_key_id"]),
    dependencies: dependenciesOf(tx, shown),
  };
}

/** A version as the list of versions shows it. */
export function showVersion(tx: Reader, shown: Shown): FunctionVersion {
  const { record, version, project } = shown;
  const { config } = version;
  return {
    ...common(shown),
    ...pick(showReservedInstances(tx, project, record, version.version), ["reserved_instance_idle_mode"]),
    ...pick(config, [
      "enable_dynamic_memory",
      "is_stateful_function",
      "enable_auth_in_header",
      "custom_image",
    ]),
    ...pick(config.strategy_config ?? {}, ["concurrency", "concurrent_num"]),
  };
}

/** A function as the list of functions shows it. */
export function showListed(shown: Shown): ListFunctionResult {
  const { config } = shown.version;
  return {
    ...common(shown),
    resource_id: shown.record.functionId,
    ...pick(config, ["gpu_memory", "description", "extend_config", "log_group_id", "log_stream_id"]),
    is_bridge_function: false,
  };
}

/** The fields of both lists; those that their schemas require are always there. */
function common(shown: Shown): FunctionVersion {
  const { config } = shown.version;
  return {
    func_urn: urnOf(shown),
    func_name: shown.record.name,
    domain_id: config.domain_id ?? "",
    namespace: shown.project,
    project_name: config.project_name ?? "",
    package: shown.record.package,
    runtime: config.runtime ?? "",
    handler: config.handler ?? "",
    timeout: config.timeout ?? 3,
    memory_size: config.memory_size ?? 128,
    cpu: cpuOf(config.memory_size),
    code_type: config.code_type ?? "",
    code_size: shown.version.codeSize,
    digest: config.digest ?? "",
    version: shown.version.version,
    image_name: config.image_name ?? "",
    last_modified: shown.version.lastModified,
    app_xrole: config.app_xrole ?? null,
    long_time: (config.timeout ?? 0) > 900,
    ...(config.func_vpc && { func_vpc_id: config.func_vpc.vpc_id }),
    ...pick(config, [
      "code_url",
      "code_filename",
      "user_data",
      "xrole",
      "strategy_config",
      "initializer_handler",
      "initializer_timeout",
      "pre_stop_handler",
      "pre_stop_timeout",
      "enterprise_project_id",
      "type",
    ]),
  };
}

const urnOf = ({ region, project, record, version }: Shown): string =>
  formatUrn(region, project, record.package, record.name, { version: version.version });

/** Millicores, after the formula of the documents. */
const cpuOf = (memory = 128): number => (memory / 128) * 100 + 200;

function dependenciesOf(tx: Reader, { region, project, version }: Shown): FunctionDependency[] | null {
  const ids = version.config.depend_version_list ?? [];
  if (ids.length === 0) return null;
  return ids.map((id) => showUsedVersion(region, project, findDependencyVersion(tx, project, id)));
}
