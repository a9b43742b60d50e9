import type { InvocationOutcome } from "../../core/invocation/contract.ts";
import type { FunctionSpec } from "../contract.ts";

const memoryExceeded = 4205;

/** The first line of a call's log as the service writes it. */
export function startLine(requestId: string, { version }: Pick<FunctionSpec, "version">, at: Date): string {
  return `${second(at)} Start invoke request '${requestId}', version: ${version}`;
}

/** What the last line of a call's log says. */
export interface LogFigures
  extends Pick<InvocationOutcome, "requestId" | "duration" | "billed" | "memoryUsedMb" | "code"> {
  readonly spec: Pick<FunctionSpec, "memoryMb">;
}

/** The last line of a call's log as the service writes it. */
export function finishLine(call: LogFigures, at: Date): string {
  const { requestId, spec, duration, billed, memoryUsedMb } = call;
  const figures = `duration: ${duration.toFixed(3)}ms, billing duration: ${billed}ms, memory used: ${memoryUsedMb.toFixed(3)}MB, billing memory: ${spec.memoryMb}MB`;
  return `${second(at)} Finish invoke request '${requestId}'${outcome(call.code)}, ${figures}`;
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
