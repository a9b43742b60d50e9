import type { FunctionSpec } from "../../runtime/contract.ts";
import type { Reader } from "../../store/store.ts";
import { findDependencyVersion } from "../dependencies/find-dependency.ts";
import type { FoundFunction } from "../functions/find-function.ts";
import { formatUrn } from "../functions/urn.ts";

/** What a version is when nothing else was said. */
const usual = { timeout: 3, memoryMb: 128, temporaryMb: 512, initializerTimeout: 3, preStopTimeout: 10 };

/**
 * What instances of a version need to know.
 * @param instanceMemoryMb memory that the call asks for, which counts with `enable_dynamic_memory` only
 */
export function functionSpec(
  tx: Reader,
  region: string,
  project: string,
  { record, version }: Pick<FoundFunction, "record" | "version">,
  instanceMemoryMb?: number,
): FunctionSpec {
  const { config } = version;
  const memoryMb =
    (config.enable_dynamic_memory && instanceMemoryMb) || (config.memory_size ?? usual.memoryMb);
  const urn = formatUrn(region, project, record.package, record.name, { version: version.version });
  const dependencies = (config.depend_version_list ?? []).map(
    (id) => findDependencyVersion(tx, project, id).version.digest,
  );
  const { concurrency, concurrent_num: concurrent } = config.strategy_config ?? {};
  const { initializer_handler: initializer, pre_stop_handler: preStop } = config;
  return {
    key: `${record.functionId}:${version.version}:${version.revision}:${memoryMb}:${dependencies.join(",")}`,
    revision: version.revision,
    projectId: project,
    region,
    package: record.package,
    name: record.name,
    functionId: record.functionId,
    version: version.version,
    urn,
    runtime: config.runtime ?? "",
    handler: config.handler ?? "",
    ...(initializer && {
      initializer: { handler: initializer, timeout: config.initializer_timeout ?? usual.initializerTimeout },
    }),
    ...(preStop && {
      preStop: { handler: preStop, timeout: config.pre_stop_timeout ?? usual.preStopTimeout },
    }),
    ...(config.heartbeat_handler && { heartbeat: config.heartbeat_handler }),
    timeout: config.timeout ?? usual.timeout,
    memoryMb,
    cpu: (memoryMb / 128) * 100 + 200,
    temporaryMb: config.ephemeral_storage ?? usual.temporaryMb,
    userData: { ...texts(config.user_data), ...texts(config.encrypted_user_data) },
    // 0 and -1 act as 1.
    concurrency: Math.max(1, concurrent ?? 1),
    maxInstances: concurrency ?? -1,
    code: {
      ...(version.codeDigest !== undefined && { digest: version.codeDigest }),
      filename: config.code_filename ?? "",
    },
    dependencies,
    hasAgency: Boolean(config.xrole || config.app_xrole),
  };
}

/** User data is kept as the text of a JSON object, which was checked when it was set; its values are shown as texts. */
function texts(json: string | undefined): Record<string, string> {
  if (!json) return {};
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, typeof one === "string" ? one : JSON.stringify(one)]),
  );
}
