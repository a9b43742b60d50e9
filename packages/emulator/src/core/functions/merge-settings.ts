import type {
  CreateFunctionRequest,
  FuncLogConfig,
  FunctionConfig,
  UpdateFunctionConfigRequest,
} from "@functiongraph/types";
import type { Caller } from "../../contract/handler.ts";
import { pick } from "./pick.ts";

/** What requests can set, the code apart. */
export type Settings = Partial<UpdateFunctionConfigRequest> &
  Pick<CreateFunctionRequest, "code_encrypt_kms_key_id">;

const plain = [
  "handler",
  "timeout",
  "memory_size",
  "gpu_memory",
  "gpu_type",
  "ephemeral_storage",
  "user_data",
  "encrypted_user_data",
  "user_data_encrypt_kms_key_id",
  "code_encrypt_kms_key_id",
  "xrole",
  "app_xrole",
  "description",
  "initializer_handler",
  "initializer_timeout",
  "pre_stop_handler",
  "pre_stop_timeout",
  "heartbeat_handler",
  "domain_names",
  "peering_cidr",
  "enterprise_project_id",
  "enable_lts_log",
  "lts_custom_tag",
  "is_stateful_function",
  "enable_dynamic_memory",
  "enable_auth_in_header",
  "enable_class_isolation",
  "extend_config",
] as const;

const vpcFields = [
  "vpc_name",
  "vpc_id",
  "subnet_name",
  "subnet_id",
  "cidr",
  "gateway",
  "security_groups",
  "is_safety",
] as const;

const imageFields = [
  "enabled",
  "image",
  "command",
  "args",
  "working_dir",
  "uid",
  "gid",
  "is_public",
] as const;

const logFields = ["group_name", "group_id", "stream_name", "stream_id"] as const;

/**
 * A configuration with the settings of a request over it. What the request leaves out stays; an empty handler takes initializer or
 * pre-stop away, an empty VPC or list of mounts takes that away.
 */
export function mergeSettings(before: FunctionConfig, request: Settings, caller: Caller): FunctionConfig {
  const after: FunctionConfig = { ...before, ...pick(request, plain), ...nested(before, request, caller) };
  if (request.initializer_handler === "") {
    delete after.initializer_handler;
    if (request.initializer_timeout === undefined) delete after.initializer_timeout;
  }
  if (request.pre_stop_handler === "") {
    delete after.pre_stop_handler;
    delete after.pre_stop_timeout;
  }
  return after;
}

/** The log group and stream that a request names, over those known before. */
export function mergeLogConfig(
  before: FuncLogConfig | undefined,
  request: Settings,
): FuncLogConfig | undefined {
  return request.log_config ? { ...before, ...pick(request.log_config, logFields) } : before;
}

function nested(before: FunctionConfig, request: Settings, caller: Caller): FunctionConfig {
  const {
    func_vpc: vpc,
    network_controller: network,
    mount_config: mounts,
    strategy_config: strategy,
    custom_image: image,
  } = request;
  return {
    ...(vpc && { func_vpc: vpcOf(vpc, caller) }),
    ...(network && {
      network_controller: {
        ...pick(network, ["disable_public_network"]),
        ...(network.trigger_access_vpcs && {
          trigger_access_vpcs: network.trigger_access_vpcs.map((one) => pick(one, ["vpc_name", "vpc_id"])),
        }),
      },
    }),
    ...(mounts && { mount_config: mountsOf(mounts) }),
    ...(strategy && {
      strategy_config: { ...before.strategy_config, ...pick(strategy, ["concurrency", "concurrent_num"]) },
    }),
    ...(image && { custom_image: { ...before.custom_image, ...pick(image, imageFields) } }),
  };
}

function vpcOf(
  vpc: NonNullable<Settings["func_vpc"]>,
  caller: Caller,
): NonNullable<FunctionConfig["func_vpc"]> | null {
  if (vpc.vpc_id === "" && vpc.subnet_id === "") return null;
  return {
    domain_id: vpc.domain_id ?? caller.domainId,
    namespace: vpc.namespace ?? caller.projectId,
    ...pick(vpc, vpcFields),
  };
}

function mountsOf({
  mount_user,
  func_mounts,
}: NonNullable<Settings["mount_config"]>): NonNullable<FunctionConfig["mount_config"]> | null {
  if (func_mounts.length === 0) return null;
  return {
    mount_user: pick(mount_user, ["user_id", "user_group_id"]),
    func_mounts: func_mounts.map((mount) =>
      pick(mount, ["mount_type", "mount_resource", "mount_share_path", "local_mount_path"]),
    ),
  };
}
