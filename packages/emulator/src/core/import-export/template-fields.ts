import type { NewFunction } from "../functions/create-function.ts";
import type { Kind, ObjectKind } from "./field-kind.ts";

/** A property of the YAML file and the setting of a function that it stands for. */
export interface TemplateField {
  readonly property: string;
  readonly setting: keyof NewFunction;
  readonly kind: Kind;
  /** What a new function has without it, and what an export leaves out therefore. */
  readonly usual?: unknown;
}

const vpc: ObjectKind = {
  fields: {
    vpc_name: "string",
    vpc_id: "string",
    subnet_name: "string",
    subnet_id: "string",
    cidr: "string",
    gateway: "string",
    security_groups: "strings",
    is_safety: "boolean",
  },
  required: ["vpc_id", "subnet_id"],
};

const mounts: ObjectKind = {
  fields: {
    mount_user: {
      fields: { user_id: "integer", user_group_id: "integer" },
      required: ["user_id", "user_group_id"],
    },
    func_mounts: {
      listOf: {
        fields: {
          mount_type: "string",
          mount_resource: "string",
          mount_share_path: "string",
          local_mount_path: "string",
        },
        required: ["mount_type", "mount_resource", "local_mount_path"],
      },
    },
  },
  required: ["mount_user", "func_mounts"],
};

const network: ObjectKind = {
  fields: {
    disable_public_network: "boolean",
    trigger_access_vpcs: { listOf: { fields: { vpc_name: "string", vpc_id: "string" } } },
  },
};

const image: ObjectKind = {
  fields: {
    enabled: "boolean",
    image: "string",
    command: "string",
    args: "string",
    working_dir: "string",
    uid: "string",
    gid: "string",
    is_public: "boolean",
  },
};

const strategy: ObjectKind = { fields: { concurrency: "integer", concurrent_num: "integer" } };

/**
 * The properties behind those that are documented and written and read by hand. Nothing tells how the service calls them, so they
 * have the names of the API in the spelling of the file. Encrypted variables and their keys are no part of a file that is passed on.
 */
export const templateFields: readonly TemplateField[] = [
  { property: "FuncType", setting: "type", kind: "string", usual: "v2" },
  { property: "GpuMemory", setting: "gpu_memory", kind: "integer" },
  { property: "GpuType", setting: "gpu_type", kind: "string" },
  { property: "EphemeralStorage", setting: "ephemeral_storage", kind: "integer", usual: 512 },
  { property: "Xrole", setting: "xrole", kind: "string", usual: "" },
  { property: "AppXrole", setting: "app_xrole", kind: "string", usual: "" },
  { property: "InitializerHandler", setting: "initializer_handler", kind: "string", usual: "" },
  { property: "InitializerTimeout", setting: "initializer_timeout", kind: "integer" },
  { property: "PreStopHandler", setting: "pre_stop_handler", kind: "string", usual: "" },
  { property: "PreStopTimeout", setting: "pre_stop_timeout", kind: "integer" },
  { property: "HeartbeatHandler", setting: "heartbeat_handler", kind: "string", usual: "" },
  { property: "EnterpriseProjectId", setting: "enterprise_project_id", kind: "string", usual: "0" },
  {
    property: "StrategyConfig",
    setting: "strategy_config",
    kind: strategy,
    usual: { concurrency: 400, concurrent_num: 1 },
  },
  { property: "FuncVpc", setting: "func_vpc", kind: vpc },
  { property: "PeeringCidr", setting: "peering_cidr", kind: "string", usual: "" },
  { property: "DomainNames", setting: "domain_names", kind: "string", usual: "" },
  { property: "NetworkController", setting: "network_controller", kind: network },
  { property: "MountConfig", setting: "mount_config", kind: mounts },
  { property: "CustomImage", setting: "custom_image", kind: image },
  { property: "ExtendConfig", setting: "extend_config", kind: "string", usual: "" },
  { property: "EnableLtsLog", setting: "enable_lts_log", kind: "boolean", usual: false },
  { property: "LtsCustomTag", setting: "lts_custom_tag", kind: "texts" },
  { property: "IsStatefulFunction", setting: "is_stateful_function", kind: "boolean", usual: false },
  { property: "EnableDynamicMemory", setting: "enable_dynamic_memory", kind: "boolean", usual: false },
  { property: "EnableAuthInHeader", setting: "enable_auth_in_header", kind: "boolean", usual: false },
  { property: "EnableClassIsolation", setting: "enable_class_isolation", kind: "boolean", usual: false },
];
