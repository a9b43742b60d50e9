import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { familyOf, leftOf, stillThere } from "./left-processes.ts";

const started: ChildProcess[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  }
});

/** A shell in a group of its own that runs a script, once it has said something. */
async function shell(script: string, environment = {}): Promise<number> {
  const child = spawn("/bin/sh", ["-c", script], {
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(child);
  await once(child.stdout, "data");
  return child.pid ?? 0;
}

describe.skipIf(process.platform !== "linux")("processes that are left", () => {
  it("are those that a program has started, when it is gone and they are not", async () => {
    const pid = await shell("sleep 100 & sleep 100 & echo ready; wait");
    const family = familyOf(pid);
    expect(family.members.size).toBe(2);
    process.kill(pid, "SIGKILL");
    expect(await leftOf(family, 50)).toEqual([
      expect.stringContaining("sleep"),
      expect.stringContaining("sleep"),
    ]);
  });

  it("are those that carry its mark, whoever has started them", async () => {
    const pid = await shell("sleep 100 & echo ready; wait", { FUNCTIONGRAPH_INSTANCE: "soaktest1.1" });
    const family = familyOf(pid);
    expect([...family.marks]).toEqual(["soaktest1"]);
    await shell("echo ready; exec sleep 100", { FUNCTIONGRAPH_INSTANCE: "soaktest1.2" });
    expect(stillThere(family).filter((one) => one.includes("sleep"))).toHaveLength(3);
  });

  it("are none when all have ended", async () => {
    const pid = await shell("sleep 100 & echo ready; wait");
    const family = familyOf(pid);
    process.kill(-pid, "SIGKILL");
    expect(await leftOf(family, 2000)).toEqual([]);
  });
});
