import type { InvocationOutcome } from "../../core/invocation/contract.ts";
import type { FunctionSpec } from "../contract.ts";

/** What the frame of a call's log says. */
export interface LogFigures
  extends Pick<
    InvocationOutcome,
    "requestId" | "startedAt" | "duration" | "billed" | "memoryUsedMb" | "code"
  > {
  readonly spec: Pick<FunctionSpec, "version" | "memoryMb">;
}

const memoryExceeded = 4205;

/** The log of a call as the service writes it: what the function printed between a line of the start and one of the end. */
export function logText(lines: string, call: LogFigures, endedAt: Date): string {
  const { requestId, spec, duration, billed, memoryUsedMb } = call;
  const start = `${second(call.startedAt)} Start invoke request '${requestId}', version: ${spec.version}`;
  const figures = `duration: ${duration.toFixed(3)}ms, billing duration: ${billed}ms, memory used: ${memoryUsedMb.toFixed(3)}MB, billing memory: ${spec.memoryMb}MB`;
  const finish = `${second(endedAt)} Finish invoke request '${requestId}'${outcome(call.code)}, ${figures}`;
  return `${start}\n${lines}\n${finish}`;
}

function outcome(code: number): string {
  if (code === 0) return "";
  return code === memoryExceeded ? "(invoke Failed:RuntimeMemoryExceedLimit)" : "(invoke Failed)";
}

/** The last second that was written: thousands of calls may share it. */
let last = { at: Number.NaN, text: "" };

function second(time: Date): string {
  const at = Math.floor(time.getTime() / 1000);
  if (at !== last.at) last = { at, text: `${time.toISOString().slice(0, 19)}Z` };
  return last.text;
}
