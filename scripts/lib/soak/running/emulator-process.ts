import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { EmulatorOptions } from "../../../../packages/emulator/src/options.ts";
import { root } from "../../paths.ts";
import { UserError } from "../../user-error.ts";

/** An emulator in a process of its own, as users start it. */
export interface EmulatorProcess {
  readonly pid: number;
  readonly url: string;
  readonly projectId: string;
  readonly token: string;
  /** What it has logged. */
  log(): string;
  /** Memory that it holds, in bytes; 0 where the machine does not tell. */
  residentBytes(): number;
  /** Ends it as Ctrl-C does, and waits; `undefined` when a signal ended it. */
  stop(): Promise<number | undefined>;
  /** Ends it with SIGKILL, and waits. */
  kill(): Promise<void>;
}

/** One that has just been started and may not be ready. */
export interface StartingEmulator {
  readonly pid: number;
  readonly ready: Promise<EmulatorProcess>;
  kill(): Promise<void>;
}

const main = join(root, "packages/emulator/dist/cli/main.js");
const endWithParent = new URL("end-with-parent.mjs", import.meta.url).href;

/** Starts the built emulator on a data folder, in which its configuration is written beside the state. It ends when this process does. */
export function startEmulatorProcess(folder: string, options: EmulatorOptions = {}): StartingEmulator {
  if (!existsSync(main)) throw new UserError("The emulator is not built; run npm run build first.");
  const config = join(folder, "options.json");
  writeFileSync(config, JSON.stringify(options));
  const child = spawn(
    process.execPath,
    [
      ...["--import", endWithParent, main, "start", "--port", "0"],
      ...["--data", join(folder, "data"), "--config", config, "--json"],
    ],
    { cwd: folder, stdio: ["pipe", "pipe", "pipe"] },
  );
  const { pid } = child;
  if (pid === undefined) throw new Error(`${process.execPath} does not start.`);
  let log = "";
  child.stderr.on("data", (piece: Buffer) => {
    // The end says why it ended.
    log = `${log}${piece}`.slice(-100_000);
  });
  let isWanted = false;
  const exited = new Promise<number | undefined>((resolve) =>
    child.once("close", (code, signal) => {
      if (!isWanted) console.error(`The emulator ended on its own (${signal ?? code}): ${log.trim()}`);
      resolve(code ?? undefined);
    }),
  );
  const end = async (signal: "SIGTERM" | "SIGKILL"): Promise<number | undefined> => {
    isWanted = true;
    child.kill(signal);
    return exited;
  };
  const kill = async (): Promise<void> => void (await end("SIGKILL"));
  const ready = announced(child, exited, () => log).then(({ url, projectId, token }) => ({
    pid,
    url,
    projectId,
    token,
    log: () => log,
    residentBytes: () => residentBytes(pid),
    stop: () => end("SIGTERM"),
    kill,
  }));
  // Whoever kills it before it is ready does not wait for that.
  ready.catch(() => undefined);
  return { pid, ready, kill };
}

/** The second line that it prints is for programs. */
async function announced(
  child: ChildProcess,
  exited: Promise<unknown>,
  log: () => string,
): Promise<{ url: string; projectId: string; token: string }> {
  if (!child.stdout) throw new Error("The emulator has no output.");
  const lines = createInterface({ input: child.stdout });
  const found = new Promise<string>((resolve) => {
    lines.on("line", (line) => line.startsWith("{") && resolve(line));
  });
  const line = await Promise.race([found, exited.then(() => undefined), once(child, "error")]);
  if (typeof line !== "string")
    throw new Error(`The emulator ended at its start: ${log().trim() || "it said nothing"}`);
  return JSON.parse(line);
}

function residentBytes(pid: number): number {
  try {
    return (
      1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1] ?? 0)
    );
  } catch {
    return 0;
  }
}
