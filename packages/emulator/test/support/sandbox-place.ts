import { chmodSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workplace } from "../../src/runtime/contract.ts";
import type { Launched, LaunchRequest, Sandbox, SandboxLevel } from "../../src/sandbox/contract.ts";
import { seenPaths } from "../../src/sandbox/seen-paths.ts";

/** A folder for one test file's places. */
export function sandboxRoot(): string {
  return mkdtempSync(join(tmpdir(), "sandbox-test-"));
}

/** An empty place, as `Workplaces` makes them. */
export function sandboxPlace(root: string, level: SandboxLevel, id: string): Workplace {
  const folder = join(root, "places", level, id);
  const codeFolder = join(folder, "function", "code");
  const temporaryFolder = join(folder, "tmp");
  mkdirSync(codeFolder, { recursive: true });
  mkdirSync(temporaryFolder);
  chmodSync(temporaryFolder, 0o1777);
  const folders = { folder, codeFolder, temporaryFolder };
  return { id, ...folders, seen: seenPaths(level, folders) };
}

/** A request with nothing special about it; programs that are not of the system have to be named as readable. */
export function launchRequest(
  place: Workplace,
  [command, ...rest]: readonly [string, ...string[]],
  more: Partial<LaunchRequest> = {},
): LaunchRequest {
  return {
    place,
    command,
    arguments: rest,
    environment: {},
    workingFolder: place.seen.root,
    channel: false,
    network: "host",
    readable: [process.execPath],
    ...more,
  };
}

/** All that a process writes, once it has ended. */
export async function textOf(launched: Launched): Promise<string> {
  let text = "";
  for await (const chunk of launched.output.setEncoding("utf8")) text += chunk;
  return text;
}

/** Runs a program to its end. */
export async function runIn(
  sandbox: Sandbox,
  request: LaunchRequest,
): Promise<{ text: string; code: number | null; signal: string | null; outOfMemory: boolean }> {
  const launched = await sandbox.launch(request);
  launched.channel?.destroy();
  const [text, end] = await Promise.all([textOf(launched), launched.exited]);
  return { text, ...end };
}
