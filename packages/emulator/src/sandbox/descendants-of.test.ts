import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { descendantsOf } from "./descendants-of.ts";
import { killQuietly } from "./marker.ts";

it("Descendants are found by their parents, whatever environment and session they have", async () => {
  const script = "sleep 100 & env -i setsid sh -c 'sleep 100 & echo $$ $!; wait' & wait";
  const child = spawn("/bin/sh", ["-c", script], { stdio: ["ignore", "pipe", "ignore"], detached: true });
  const pid = child.pid ?? 0;
  const [chunk] = await once(child.stdout, "data");
  const others = String(chunk).trim().split(" ").map(Number);
  try {
    expect(descendantsOf([pid])).toEqual(expect.arrayContaining(others));
    expect(descendantsOf([pid])).toHaveLength(3);
    expect(descendantsOf(others.slice(1))).toEqual([]);
  } finally {
    killQuietly(-pid);
    for (const other of others) killQuietly(other);
  }
  await once(child, "exit");
});
