import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../paths.ts";
import { familyOf, leftOf } from "./left-processes.ts";

/** A program that starts an emulator, says so once it is ready, and waits. */
const program = (folder: string): string => `
  import { startEmulatorProcess } from ${JSON.stringify(new URL("emulator-process.ts", import.meta.url).href)};
  const { pid } = await startEmulatorProcess(${JSON.stringify(folder)}).ready;
  console.log(pid);
`;

it.skipIf(process.platform !== "linux")("ends when the program that has started it is killed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "soak-emulator-"));
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program(folder)], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let emulator = 0;
  try {
    const [line] = await once(child.stdout, "data");
    emulator = Number(line);
    const family = familyOf(child.pid ?? 0);
    expect(family.members.has(emulator)).toBe(true);
    child.kill("SIGKILL");
    expect(await leftOf(family, 3000)).toEqual([]);
    emulator = 0;
  } finally {
    if (emulator > 0) process.kill(emulator, "SIGKILL");
    child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
});
