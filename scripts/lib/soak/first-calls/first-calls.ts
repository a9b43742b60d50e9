import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulatorProcess } from "../running/emulator-process.ts";
import { FunctionService, type FunctionToMake, type ServiceAnswer } from "../running/function-service.ts";
import { familyOf, leftOf } from "../running/left-processes.ts";
import { RunReports } from "../running/run-reports.ts";

/** First calls of one function. */
export interface FirstCalls {
  readonly runtime: FunctionToMake["runtime"];
  /** Instances that were made for them. */
  readonly instances: number;
  /** Milliseconds until the first, the middle and the last of them had ended. */
  readonly times: readonly [number, number, number];
}

/** What came out of a run. */
export interface FirstCallsResult {
  readonly rounds: readonly FirstCalls[];
  readonly problems: readonly string[];
}

const runtimes = ["Node.js20.15", "Python3.9"] as const;

/** Calls functions that nobody has called before from many callers at the same moment; each call must run once and get its own answer. */
export async function soakFirstCalls(options: {
  readonly parallel: number;
  readonly rounds: number;
  readonly seed: number;
}): Promise<FirstCallsResult> {
  const { parallel, rounds, seed } = options;
  const folder = mkdtempSync(join(tmpdir(), "soak-first-calls-"));
  const reports = await RunReports.open();
  const starting = startEmulatorProcess(folder);
  const results: FirstCalls[] = [];
  const problems: string[] = [];
  let made = 0;
  try {
    const emulator = await starting.ready;
    const service = new FunctionService(emulator);
    for (let round = 1; round <= rounds; round += 1) {
      for (const runtime of runtimes) {
        const name = `${runtime.startsWith("Node") ? "node" : "python"}-${round}`;
        await service.make(reports.port, { name, runtime });
        const ids = Array.from({ length: parallel }, (_, call) => `${seed}-${name}-${call}`);
        const began = performance.now();
        const ended: number[] = [];
        const answers = await Promise.all(
          ids.map(async (id) => {
            const answer = await service
              .send("POST", `/${service.urn(name)}/invocations`, { id, action: "echo" })
              .catch(String);
            ended.push(performance.now() - began);
            return answer;
          }),
        );
        made += parallel;
        await reports.reached(made, 1000);
        problems.push(...ids.flatMap((id, at) => check(id, answers[at], reports)));
        const [first = 0, middle = 0, last = 0] = [0, ended.length >> 1, ended.length - 1].map(
          (at) => ended[at],
        );
        results.push({ runtime, instances: instancesOf(answers), times: [first, middle, last] });
      }
    }
    service.close();
    const family = familyOf(emulator.pid);
    await emulator.stop();
    problems.push(...(await leftOf(family, 1000)).map((one) => `was left behind: ${one}`));
    return { rounds: results, problems };
  } finally {
    await starting.kill();
    await reports.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function check(id: string, answer: ServiceAnswer | string | undefined, reports: RunReports): string[] {
  if (answer === undefined || typeof answer === "string") return [`call ${id} has no answer: ${answer}`];
  const text = answer.body.toString();
  if (answer.status !== 200 || JSON.parse(text).id !== id)
    return [`call ${id} was answered with ${answer.status} ${text}`];
  const runs = reports.of(id);
  return runs === 1 ? [] : [`call ${id} ran ${runs} times`];
}

/** Functions say in which instance they have run. */
function instancesOf(answers: readonly (ServiceAnswer | string)[]): number {
  const names = answers.map((answer) =>
    typeof answer !== "string" && answer.status === 200
      ? JSON.parse(answer.body.toString()).instance
      : undefined,
  );
  return new Set(names.filter((name) => name !== undefined)).size;
}
