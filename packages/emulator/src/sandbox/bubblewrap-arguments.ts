import type { LaunchRequest } from "./contract.ts";
import { markerVariable } from "./marker.ts";
import type { SystemPath } from "./system-paths.ts";

/** What is the same for all launches. */
export interface BubblewrapSetting {
  readonly systemPaths: readonly SystemPath[];
  /** Files that stand for /etc/passwd and /etc/group, which say what the user of functions is called. */
  readonly passwd: string;
  readonly group: string;
  /** Whether this bubblewrap can limit the size of a tmpfs. */
  readonly sizes: boolean;
  /** Whether this bubblewrap can keep functions from making user namespaces of their own. */
  readonly locks: boolean;
  /** Descriptor on which bubblewrap tells the number of its first process. */
  readonly infoDescriptor: number;
}

/** User and group of functions, as on the service. */
const user = "1003";
/** MB of /tmp where no size is asked for. */
export const usualTemporaryMb = 512;
const mebibyte = 1024 * 1024;
const sharedMemoryBytes = String(64 * mebibyte);

/** Arguments for bubblewrap with which a program sees its code, its /tmp and what it needs, and nothing else. */
export function bubblewrapArguments(request: LaunchRequest, setting: BubblewrapSetting): string[] {
  const { place, temporaryMb = usualTemporaryMb } = request;
  const visible = setting.systemPaths.flatMap(({ path, kind }) => (kind === "bound" ? [path] : []));
  const readable = (request.readable ?? []).filter((path) => !isBelow(path, visible));
  const temporary = setting.sizes
    ? ["--perms", "1777", "--size", String(temporaryMb * mebibyte), "--tmpfs", "/tmp"]
    : ["--bind", place.temporaryFolder, "/tmp"];
  const sharedMemory = setting.sizes
    ? ["--perms", "1777", "--size", sharedMemoryBytes, "--tmpfs", "/dev/shm"]
    : ["--tmpfs", "/dev/shm"];
  return [
    ...["--die-with-parent", "--new-session", "--unshare-user", "--unshare-pid", "--unshare-ipc"],
    ...(request.network === "own" ? ["--unshare-net"] : []),
    ...["--uid", user, "--gid", user, "--info-fd", String(setting.infoDescriptor)],
    // In a user namespace of its own a function would have the rights of an administrator over what the kernel offers there.
    ...["--cap-drop", "ALL", ...(setting.locks ? ["--disable-userns"] : [])],
    ...setting.systemPaths.flatMap((path) =>
      path.kind === "link" ? ["--symlink", path.target, path.path] : ["--ro-bind-try", path.path, path.path],
    ),
    ...["--ro-bind", setting.passwd, "/etc/passwd", "--ro-bind", setting.group, "/etc/group"],
    ...["--proc", "/proc", "--dev", "/dev", ...sharedMemory, ...temporary],
    ...["--dir", "/home/snuser", "--dir", "/var", "--symlink", "../tmp", "/var/tmp"],
    ...readable.flatMap((path) => ["--ro-bind", path, path]),
    ...["--ro-bind", place.codeFolder, "/opt/function/code"],
    ...Object.entries(request.mapped ?? {}).flatMap(([path, source]) =>
      // Programs find what belongs to them by their real path, which a link keeps and a bind hides.
      isBelow(source, [...visible, ...readable]) ? ["--symlink", source, path] : ["--ro-bind", source, path],
    ),
    // To the kernel the user of functions is the emulator's. Were that root, much of /proc could be written to, such as /proc/sys.
    ...["--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/"],
    ...["--chdir", request.workingFolder],
    ...["--unsetenv", markerVariable, ...loaderVariables(request.environment)],
    ...["--", request.command, ...request.arguments],
  ];
}

/**
 * The environment for bubblewrap itself, which it hands on. It is not given as arguments, which every user of the machine can read; only what
 * the program loader would heed is, for it must not change bubblewrap.
 */
export function bubblewrapEnvironment(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !isForLoader(name)));
}

function loaderVariables(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    isForLoader(name) ? ["--setenv", name, value] : [],
  );
}

function isForLoader(name: string): boolean {
  return name.startsWith("LD_") || name === "GLIBC_TUNABLES";
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}
