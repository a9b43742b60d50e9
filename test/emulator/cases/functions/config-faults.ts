import type { JsonObject } from "../../../../scripts/lib/openapi.ts";
import type { Case, Refusals } from "../case.ts";
import { noAgencies, noFileService, noImageService, noPermissions, noVpcService } from "../reasons.ts";
import type { Setup } from "../world.ts";

type ConfigFault =
  | "FSS.1002"
  | "FSS.1003"
  | "FSS.1005"
  | "FSS.1007"
  | "FSS.1008"
  | "FSS.1009"
  | "FSS.1017"
  | "FSS.1018"
  | "FSS.1019"
  | "FSS.1021"
  | "FSS.1035"
  | "FSS.1036"
  | "FSS.1037"
  | "FSS.1038"
  | "FSS.1039"
  | "FSS.1040"
  | "FSS.1047"
  | "FSS.1048"
  | "FSS.1049"
  | "FSS.1050"
  | "FSS.1075"
  | "FSS.1090"
  | "FSS.1095"
  | "FSS.1096"
  | "FSS.1127"
  | "FSS.1128"
  | "FSS.1401"
  | "FSS.1402"
  | "FSS.1404"
  | "FSS.1405";

const mountUser = { user_id: -1, user_group_id: -1 };
const share = {
  mount_type: "sfsTurbo",
  mount_resource: "6f7a8b9c-0d1e-4f2a-8b3c-4d5e6f7a8b9c",
  mount_share_path: "192.168.10.12:/",
  local_mount_path: "/mnt/orders",
};
const shares = (number: number) =>
  Array.from({ length: number }, (_, i) => ({
    ...share,
    mount_resource: `share-${i}`,
    local_mount_path: `/mnt/${i}`,
  }));

/** What createFunction and updateFunctionConfig refuse of a configuration. @param base a request of a Node.js function that succeeds. */
export function configFaults(base: JsonObject, setup: readonly Setup[]): Refusals<ConfigFault> {
  const refused = (given: string, changes: Readonly<Record<string, unknown>>): Case => ({
    given,
    setup,
    send: { body: { ...base, ...changes } },
  });
  const mounted = (given: string, func_mounts: readonly unknown[], mount_user: unknown = mountUser): Case =>
    refused(given, { xrole: "orders-agency", mount_config: { mount_user, func_mounts } });
  return {
    "FSS.1002": [
      refused("a name that starts with a digit", { func_name: "1st" }),
      refused("a name of 61 characters", { func_name: "x".repeat(61) }),
    ],
    "FSS.1003": [
      refused("a handler without a function", { handler: "handler" }),
      refused("a handler of 129 characters", { handler: `${"x".repeat(127)}.y` }),
    ],
    "FSS.1005": refused("a runtime that is misspelt", { runtime: "Node.js 18.15" }),
    "FSS.1007": [
      refused("a memory_size of 129 MB", { memory_size: 129 }),
      refused("a memory_size of 640 MB", { memory_size: 640 }),
    ],
    "FSS.1008": [
      refused("a timeout of 2 seconds", { timeout: 2 }),
      refused("a timeout of more than three days", { timeout: 259_201 }),
    ],
    "FSS.1009": [
      refused("user_data that is no JSON", { user_data: "GREETING=Hello" }),
      refused("user_data with a name that starts with a digit", { user_data: '{"1ST":"x"}' }),
      refused("encrypted_user_data that is a list", { encrypted_user_data: "[]" }),
    ],
    "FSS.1017": refused("21 entries of user_data", {
      user_data: JSON.stringify(Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`NAME_${i}`, "x"]))),
    }),
    "FSS.1018": refused("user_data of more than 4096 characters", {
      user_data: JSON.stringify({ LONG: "x".repeat(4096) }),
    }),
    "FSS.1019": refused("a description of 513 characters", { description: "x".repeat(513) }),
    "FSS.1021": noAgencies,
    "FSS.1035": noImageService,
    "FSS.1036": refused("an empty vpc_id", { func_vpc: { vpc_id: "", subnet_id: "subnet" } }),
    "FSS.1037": refused("an empty subnet_id", { func_vpc: { vpc_id: "vpc", subnet_id: "" } }),
    "FSS.1038": mounted("a file system that is mounted twice", [
      share,
      { ...share, local_mount_path: "/mnt/more" },
    ]),
    "FSS.1039": [
      mounted("a mount in a folder of the platform", [{ ...share, local_mount_path: "/opt/function/data" }]),
      mounted("a mount at a relative path", [{ ...share, local_mount_path: "data" }]),
    ],
    "FSS.1040": refused("a mount without an agency", {
      xrole: "",
      mount_config: { mount_user: mountUser, func_mounts: [share] },
    }),
    "FSS.1047": noVpcService,
    "FSS.1048": noVpcService,
    "FSS.1049": mounted("six file systems", shares(6)),
    "FSS.1050": mounted("an empty mount_resource", [{ ...share, mount_resource: "" }]),
    "FSS.1075": [
      mounted("the user 1000", shares(1), { user_id: 1000, user_group_id: -1 }),
      mounted("the group 65535", shares(1), { user_id: -1, user_group_id: 65_535 }),
    ],
    "FSS.1090": noVpcService,
    "FSS.1095": noFileService,
    "FSS.1096": noFileService,
    "FSS.1127": noPermissions,
    "FSS.1128": noPermissions,
    "FSS.1401": noImageService,
    "FSS.1402": noImageService,
    "FSS.1404": [
      refused("an initializer without a timeout", { initializer_handler: "index.initializer" }),
      refused("an initializer without a function", {
        initializer_handler: "initializer",
        initializer_timeout: 10,
      }),
    ],
    "FSS.1405": refused("an initializer_timeout of 301 seconds", {
      initializer_handler: "index.initializer",
      initializer_timeout: 301,
    }),
  };
}
