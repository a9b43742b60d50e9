import { describe, expect, it } from "vitest";
import {
  type BubblewrapSetting,
  bubblewrapArguments,
  bubblewrapEnvironment,
} from "./bubblewrap-arguments.ts";
import type { LaunchRequest } from "./contract.ts";
import { seenPaths } from "./seen-paths.ts";

const folders = { folder: "/data/1", codeFolder: "/data/1/function/code", temporaryFolder: "/data/1/tmp" };
const request: LaunchRequest = {
  place: { id: "1", ...folders, seen: seenPaths("namespaces", folders) },
  command: "/usr/bin/node",
  arguments: ["-e", "0"],
  environment: { SECRET: "secret", LD_PRELOAD: "/opt/function/code/a.so" },
  workingFolder: "/opt/function",
  channel: true,
  network: "host",
};
const setting: BubblewrapSetting = {
  systemPaths: [
    { path: "/usr", kind: "bound" },
    { path: "/bin", kind: "link", target: "usr/bin" },
  ],
  passwd: "/data/passwd",
  group: "/data/group",
  sizes: true,
  locks: true,
  infoDescriptor: 4,
};
const text = (more: Partial<LaunchRequest> = {}, other: Partial<BubblewrapSetting> = {}): string =>
  bubblewrapArguments({ ...request, ...more }, { ...setting, ...other }).join(" ");

describe("The arguments of bubblewrap", () => {
  it.each<{ name: string; more?: Partial<LaunchRequest>; other?: Partial<BubblewrapSetting>; want: string }>([
    { name: "the system's folders", want: "--ro-bind-try /usr /usr --symlink usr/bin /bin" },
    { name: "the code", want: "--ro-bind /data/1/function/code /opt/function/code" },
    { name: "a /tmp of 512 MB", want: "--perms 1777 --size 536870912 --tmpfs /tmp" },
    { name: "a /tmp of another size", more: { temporaryMb: 10 }, want: "--size 10485760 --tmpfs /tmp" },
    {
      name: "the place's /tmp where sizes are not known",
      other: { sizes: false },
      want: "--bind /data/1/tmp /tmp",
    },
    { name: "no rights, and no user namespace to get some", want: "--cap-drop ALL --disable-userns" },
    { name: "a /proc that is not written to", want: "--remount-ro /proc" },
    { name: "an own network", more: { network: "own" }, want: "--unshare-net" },
    {
      name: "readable paths",
      more: { readable: ["/usr/bin/node", "/home/ada/node"] },
      want: "--ro-bind /home/ada/node /home/ada/node",
    },
    {
      name: "links to what is seen anyway",
      more: { mapped: { "/opt/function/runtime/node": "/usr/bin/node" } },
      want: "--symlink /usr/bin/node /opt/function/runtime/node",
    },
    {
      name: "links to what is readable",
      more: {
        mapped: { "/opt/function/runtime/node": "/home/ada/node/bin/node" },
        readable: ["/home/ada/node"],
      },
      want: "--symlink /home/ada/node/bin/node /opt/function/runtime/node",
    },
    {
      name: "binds of other paths",
      more: { mapped: { "/opt/function/runtime/node": "/home/ada/node" } },
      want: "--ro-bind /home/ada/node /opt/function/runtime/node",
    },
    {
      name: "the command at the end",
      want: "--chdir /opt/function --unsetenv FUNCTIONGRAPH_INSTANCE --setenv LD_PRELOAD /opt/function/code/a.so -- /usr/bin/node -e 0",
    },
  ])("have $name", ({ more, other, want }) => {
    expect(text(more, other)).toContain(want);
  });

  it("do not ask for what an old bubblewrap does not know", () => {
    expect(text({}, { sizes: false, locks: false })).not.toMatch(/--size|--perms|--disable-userns/);
  });

  it("do not bind what is seen anyway", () => {
    expect(text({ readable: ["/usr/bin/node"] })).toBe(text());
  });

  it("show no values of variables, which are in bubblewrap's environment instead", () => {
    expect(text()).not.toContain("secret");
    expect(bubblewrapEnvironment(request.environment)).toEqual({ SECRET: "secret" });
  });
});
