import type { FunctionConfig } from "@functiongraph/types";
import { ServiceError } from "../../service-error.ts";

type MountConfig = NonNullable<FunctionConfig["mount_config"]>;

// Folders of the platform that a function cannot mount over.
const reserved = [
  "/opt/function",
  "/home/snuser",
  "/bin",
  "/dev",
  "/etc",
  "/lib",
  "/proc",
  "/sbin",
  "/sys",
  "/usr",
];

/**
 * Checks the file systems of a function. Every resource exists here, as there is no file service to ask.
 * @throws ServiceError FSS.1075, FSS.1049, FSS.1038, FSS.1039, FSS.1050, FSS.1040, FSS.0400.
 */
export function checkMounts(
  { mount_user: user, func_mounts: mounts }: MountConfig,
  agency: string | undefined,
): void {
  checkUserId("mount_config.mount_user.user_id", user.user_id);
  checkUserId("mount_config.mount_user.user_group_id", user.user_group_id);
  if (mounts.length > 5) throw new ServiceError("FSS.1049");
  if (mounts.length > 0 && !agency) {
    throw new ServiceError(
      "FSS.1040",
      "The selected Xrole does not have permissions to mount the resources. xrole is missing.",
    );
  }
  const resources = new Set<string>();
  const paths = new Set<string>();
  for (const [i, mount] of mounts.entries()) {
    const field = `mount_config.func_mounts[${i}]`;
    if (mount.mount_resource.trim() === "") {
      throw new ServiceError(
        "FSS.1050",
        `The mounted resource cannot be found. ${field}.mount_resource is empty.`,
      );
    }
    if (mount.mount_type === "ecs" && !mount.mount_share_path) {
      throw new ServiceError(
        "FSS.0400",
        `invalid parameter: ${field}.mount_share_path is required for the type ecs and is missing.`,
      );
    }
    if (resources.has(mount.mount_resource)) throw new ServiceError("FSS.1038");
    checkPath(`${field}.local_mount_path`, mount.local_mount_path, paths);
    resources.add(mount.mount_resource);
    paths.add(mount.local_mount_path);
  }
}

/**
 * Checks a user or group ID, of mounts and of container images.
 * @throws ServiceError FSS.1075.
 */
export function checkUserId(field: string, id: number): void {
  if (Number.isInteger(id) && id >= -1 && id <= 65_534 && ![0, 1000, 1002].includes(id)) return;
  throw new ServiceError(
    "FSS.1075",
    `The user ID and user group ID must be an integer from -1 to 65,534, excluding 0, 1000, and 1002. ${field} is ${id}.`,
  );
}

function checkPath(field: string, path: string, taken: ReadonlySet<string>): void {
  const parts = path.split("/");
  const clean = /^\/[^\s/]/.test(path) && !parts.includes("..") && !parts.includes(".");
  const lies = reserved.find((folder) => path === folder || path.startsWith(`${folder}/`));
  if (clean && !lies && !taken.has(path)) return;
  const fault = !clean
    ? "must be absolute and below the root"
    : lies
      ? `must not lie in ${lies}`
      : "must be used once";
  throw new ServiceError(
    "FSS.1039",
    `The mounting path is invalid. ${field} ${fault} and is "${path.slice(0, 100)}".`,
  );
}
