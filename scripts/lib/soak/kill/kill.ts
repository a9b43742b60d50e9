import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { SeededRng } from "../../../../packages/emulator/src/core/seeded-rng.ts";
import { openDataFolder } from "../../../../packages/emulator/src/store/open-data-folder.ts";
import { root } from "../../paths.ts";
import { check, newRecord, type WriterRecord } from "./check.ts";

const writers = 6;
/** Rounds on one folder before the next begins with an empty one. */
const roundsPerFolder = 25;
/** The longest time from the first write, and from the start of the process, to the kill; in milliseconds. */
const longestWriting = 400;
const longestStart = 600;

export interface KillResult {
  readonly kills: number;
  readonly killsAtStart: number;
  readonly checks: number;
  readonly acknowledged: number;
  /** Operations that were done although the process was killed before it could say so. */
  readonly unacknowledged: number;
  readonly problems: readonly string[];
  /** Where the last folder lies, if there were problems. */
  readonly folder: string;
}

/**
 * Kills a process that writes to a data folder again and again, at random moments of its work and of its start, and compares what is
 * there with what it said. One round in five goes on without a check, so that recovery itself gets killed, too. Stops at the first problem.
 */
export async function kill(options: {
  rounds: number;
  seed: string;
  onRound?: (round: number) => unknown;
}): Promise<KillResult> {
  const { rounds, seed, onRound } = options;
  const rng = new SeededRng(seed);
  const tally = { kills: 0, killsAtStart: 0, checks: 0, acknowledged: 0, unacknowledged: 0 };
  const problems: string[] = [];
  let folder = "";
  let records = new Map<string, WriterRecord>();
  for (let round = 1; round <= rounds && problems.length === 0; round += 1) {
    if ((round - 1) % roundsPerFolder === 0) {
      rmSync(folder, { recursive: true, force: true });
      folder = mkdtempSync(join(tmpdir(), "soak-kill-"));
      records = new Map(Array.from({ length: writers }, (_, writer) => [String(writer), newRecord()]));
    }
    const atStart = rng.next() < 0.2;
    const delay = rng.next() * (atStart ? longestStart : longestWriting);
    const before = sum(records, "acknowledged");
    problems.push(...(await killOnce(folder, seed, { atStart, delay }, records)));
    tally.kills += 1;
    tally.killsAtStart += atStart ? 1 : 0;
    tally.acknowledged += sum(records, "acknowledged") - before;
    const last = round === rounds || round % roundsPerFolder === 0;
    if (last || rng.next() < 0.8) {
      const data = openDataFolder(folder);
      problems.push(...(await check(data, seed, records)).map((problem) => `round ${round}: ${problem}`));
      data.close();
      tally.checks += 1;
      tally.unacknowledged += sum(records, "done") - sum(records, "acknowledged");
      // What is done is done: from here on it may not be lost either.
      for (const record of records.values()) record.acknowledged = record.begun = record.done;
    }
    onRound?.(round);
  }
  if (problems.length === 0) rmSync(folder, { recursive: true, force: true });
  return { ...tally, problems, folder };
}

/** Runs the writing process until it is killed and takes down what it says. Answers problems: that it ended by itself. */
async function killOnce(
  folder: string,
  seed: string,
  when: { atStart: boolean; delay: number },
  records: Map<string, WriterRecord>,
): Promise<string[]> {
  const script = fileURLToPath(new URL("writer.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, folder, seed, String(writers)], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (piece) => {
    said += piece;
  });
  const killSoon = (): NodeJS.Timeout => setTimeout(() => child.kill("SIGKILL"), when.delay);
  let timer = when.atStart ? killSoon() : undefined;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const [word, writer = "", number] = line.split(" ");
    const record = records.get(writer);
    if (word === "ready") timer ??= killSoon();
    else if (record && word === "begin") record.begun = Math.max(record.begun, Number(number));
    else if (record && word === "ack") record.acknowledged = Number(number);
  });
  const signal = await new Promise((resolve) => child.on("close", (_, signal) => resolve(signal)));
  clearTimeout(timer);
  return signal === "SIGKILL" ? [] : [`the writing process ended by itself: ${said.trim()}`];
}

function sum(records: ReadonlyMap<string, WriterRecord>, key: "begun" | "acknowledged" | "done"): number {
  return [...records.values()].reduce((total, record) => total + record[key], 0);
}
