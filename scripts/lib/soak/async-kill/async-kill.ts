import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { seededRandom } from "../fuzz/random.ts";
import { startEmulatorProcess } from "../running/emulator-process.ts";
import { FunctionService } from "../running/function-service.ts";
import { familyOf, leftOf } from "../running/left-processes.ts";
import { RunReports } from "../running/run-reports.ts";
import { type Accepted, killRound } from "./kill-round.ts";
import { finalStates, type RequestRecord, requestRecords } from "./request-records.ts";

/** What came out of a run. */
export interface AsyncKillResult {
  readonly kills: number;
  readonly killsAtStart: number;
  /** Processes that the kills found, all together; each was gone in time if there is no problem. */
  readonly processes: number;
  /** Requests that were answered with 202. */
  readonly accepted: number;
  /** Recorded requests by their last state; with those whose answer a kill cut off. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Runs beyond the first of a request: those that a kill cut off, and those that are tried again. */
  readonly repeated: number;
  readonly problems: readonly string[];
  /** Where the state lies, if there were problems. */
  readonly folder: string;
}

const name = "worker";
const emulatorOptions = { runtime: { maxInstances: 8 } };
/** What waits at the end has to be done within so many milliseconds, and progress to be seen within the second. */
const longestRest = 900_000;
const longestStandstill = 120_000;

/**
 * Kills the emulator again and again while it takes and runs asynchronous requests, and looks at the end that each request that it accepted
 * has run and has reached its last state, and after each kill that nothing of it is left. Stops at the first problem.
 */
export async function soakAsyncKill(options: {
  readonly rounds: number;
  readonly seed: number;
  readonly onRound?: (round: number) => unknown;
}): Promise<AsyncKillResult> {
  const { rounds, seed, onRound } = options;
  const random = seededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), "soak-async-kill-"));
  const reports = await RunReports.open();
  const since = new Date(Date.now() - 1000);
  const problems: string[] = [];
  const accepted: Accepted[] = [];
  let kills = 0;
  let killsAtStart = 0;
  let processes = 0;
  try {
    await prepare(folder, reports);
    for (let number = 1; number <= rounds && problems.length === 0; number += 1) {
      const round = await killRound({ number, folder, random, function: name, options: emulatorOptions });
      accepted.push(...round.accepted);
      problems.push(...round.problems.map((problem) => `round ${number}: ${problem}`));
      kills += 1;
      killsAtStart += round.killedAtStart ? 1 : 0;
      processes += round.processes;
      onRound?.(number);
    }
    const { records, problems: atEnd } = await finish(folder, since);
    problems.push(...atEnd, ...accepted.flatMap((one) => check(one, records, reports)));
    const byStatus: Record<string, number> = {};
    for (const { status } of records.values()) byStatus[status] = (byStatus[status] ?? 0) + 1;
    const repeated = reports.total - reports.size;
    return {
      kills,
      killsAtStart,
      processes,
      accepted: accepted.length,
      byStatus,
      repeated,
      problems,
      folder,
    };
  } finally {
    await reports.close();
    if (problems.length === 0) rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the function, whose requests are recorded. */
async function prepare(folder: string, reports: RunReports): Promise<void> {
  const emulator = await startEmulatorProcess(folder, emulatorOptions).ready;
  const service = new FunctionService(emulator);
  await service.make(reports.port, { name, runtime: "Node.js20.15" });
  await service.ask("PUT", `/${service.urn(name)}/async-invoke-config`, { enable_async_status_log: true });
  service.close();
  await emulator.stop();
}

/** Lets everything that waits run, and reads what became of it. */
async function finish(
  folder: string,
  since: Date,
): Promise<{ records: Map<string, RequestRecord>; problems: string[] }> {
  const starting = startEmulatorProcess(folder, emulatorOptions);
  const emulator = await starting.ready;
  const service = new FunctionService(emulator);
  const problems: string[] = [];
  try {
    const deadline = performance.now() + longestRest;
    let waiting = Number.POSITIVE_INFINITY;
    let changed = performance.now();
    while (waiting > 0 && performance.now() < Math.min(deadline, changed + longestStandstill)) {
      await setTimeout(200);
      const { queued } = await service.health();
      if (queued < waiting) changed = performance.now();
      waiting = queued;
    }
    if (waiting > 0) problems.push(`${waiting} requests still wait or run at the end`);
    const records = await requestRecords(service, name, since);
    const family = familyOf(emulator.pid);
    await emulator.stop();
    problems.push(...(await leftOf(family, 1000)).map((one) => `was left behind at the end: ${one}`));
    for (const { request_id, status } of records.values())
      if (!finalStates.has(status)) problems.push(`request ${request_id} is ${status} at the end`);
    return { records, problems };
  } finally {
    service.close();
    await starting.kill();
  }
}

function check(
  { requestId, event }: Accepted,
  records: ReadonlyMap<string, RequestRecord>,
  reports: RunReports,
): string[] {
  if (!records.has(requestId))
    return [`request ${requestId} of event ${event} was accepted and has no record`];
  return reports.of(event) > 0 ? [] : [`request ${requestId} of event ${event} was accepted and never ran`];
}
