import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { seededRandom } from "../fuzz/random.ts";
import { type EmulatorProcess, startEmulatorProcess } from "../running/emulator-process.ts";
import { FunctionService } from "../running/function-service.ts";
import { familyOf, leftOf } from "../running/left-processes.ts";
import { RunReports } from "../running/run-reports.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { planCall, type SoakFunction, soakFunctions } from "./kinds.ts";
import { compareStatistics } from "./statistics.ts";

/** How a run is to be. */
export interface InvocationsOptions {
  readonly count: number;
  readonly seed: number;
  readonly callers?: number;
  /** Milliseconds that memory has to calm down before it is measured. */
  readonly settle?: number;
  readonly onProgress?: (done: number) => void;
}

/** What came out of a run. */
export interface InvocationsResult {
  /** In the order in which they were seen. */
  readonly problems: readonly string[];
  /** Calls by the code of their end. */
  readonly byCode: Readonly<Record<string, number>>;
  readonly callsPerSecond: number;
  /** Memory of the emulator's process after the first calls and at the end, in bytes, at rest. */
  readonly memory: readonly [number, number];
  /** Processes of the emulator at the end, and those that were left when it had ended. */
  readonly processes: number;
  readonly left: readonly string[];
}

/** What ends in time is gone after so many milliseconds. */
const patience = 1000;
/** After so many problems the rest would only be more of the same. */
const mostProblems = 50;

/**
 * Calls functions from many callers at once, with all ends that a call can have, and looks that each call ran once, got its own answer, and
 * was counted, and that the emulator keeps neither memory nor processes.
 */
export async function soakInvocations(options: InvocationsOptions): Promise<InvocationsResult> {
  const { count, seed, callers = 24, settle = 5000 } = options;
  const folder = mkdtempSync(join(tmpdir(), "soak-invocations-"));
  const reports = await RunReports.open();
  const starting = startEmulatorProcess(folder, { runtime: { maxInstances: 12 } });
  try {
    const emulator = await starting.ready;
    const service = new FunctionService(emulator);
    for (const one of Object.values(soakFunctions)) await service.make(reports.port, one);
    const random = seededRandom(seed);
    const problems: string[] = [];
    const byCode: Record<string, number> = {};
    const made: Record<SoakFunction, { calls: number; failures: number }> = {
      mixed: { calls: 0, failures: 0 },
      "with-callback": { calls: 0, failures: 0 },
      python: { calls: 0, failures: 0 },
      limited: { calls: 0, failures: 0 },
      small: { calls: 0, failures: 0 },
    };
    const ids: string[] = [];

    const callOnce = async (): Promise<void> => {
      const number = ids.length + 1;
      const call = planCall(number, random, `${seed}-${number}`);
      ids.push(call.event.id);
      const { calls, failures } = made[call.function];
      made[call.function] = { calls: calls + 1, failures: failures + (call.code === 0 ? 0 : 1) };
      byCode[call.code] = (byCode[call.code] ?? 0) + 1;
      const path = `/${service.urn(call.function)}/invocations`;
      const problem = await service
        .send("POST", path, call.event, { "X-Cff-Log-Type": "tail" })
        .then((answer) => judgeAnswer(call, answer), String);
      if (problem !== undefined)
        problems.push(`call ${number}, ${call.function} ${call.event.action}: ${problem}`);
      if (number % 5000 === 0) options.onProgress?.(number);
    };
    /** @returns milliseconds */
    const callUpTo = async (last: number): Promise<number> => {
      const began = performance.now();
      const caller = async (): Promise<void> => {
        while (ids.length < last && problems.length < mostProblems) await callOnce();
      };
      await Promise.all(Array.from({ length: callers }, caller));
      return performance.now() - began;
    };

    const first = await callUpTo(callsBefore(count));
    const early = await calmMemory(emulator, settle);
    const rest = await callUpTo(count);
    const late = await calmMemory(emulator, settle);
    await reports.reached(ids.length, 1000);
    for (const id of ids) {
      const runs = reports.of(id);
      if (runs !== 1) problems.push(`call ${id} ran ${runs} times`);
    }
    if (reports.size !== ids.length) problems.push(`${reports.size} calls ran of ${ids.length}`);
    problems.push(...(await compareStatistics(service, made)));
    const family = familyOf(emulator.pid);
    service.close();
    const code = await emulator.stop();
    if (code !== 0) problems.push(`the emulator ended with ${code}: ${emulator.log().slice(-2000)}`);
    const left = await leftOf(family, patience);
    problems.push(...left.map((one) => `was left behind: ${one}`));
    const callsPerSecond = (1000 * ids.length) / (first + rest);
    return { problems, byCode, callsPerSecond, memory: [early, late], processes: family.members.size, left };
  } finally {
    await starting.kill();
    await reports.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Calls before the first look at memory: a tenth, but in short runs as many as fill logs and caches. */
export function callsBefore(count: number): number {
  return Math.max(Math.ceil(count / 10), Math.min(Math.ceil(count / 2), 5000));
}

/** The least memory that a process at rest holds within a while, in bytes. */
async function calmMemory(emulator: EmulatorProcess, milliseconds: number): Promise<number> {
  const samples: number[] = [];
  for (let sample = 0; sample < 10; sample += 1) {
    await setTimeout(milliseconds / 10);
    samples.push(emulator.residentBytes());
  }
  return Math.min(...samples);
}
