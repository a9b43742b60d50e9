/** What the frame of a call's log says. */
export interface LogFrame {
  readonly requestId: string;
  readonly version: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** Milliseconds. */
  readonly duration: number;
  readonly billed: number;
  readonly memoryUsedMb: number;
  readonly memoryMb: number;
  /** 0 for success, else of the runtime's table. */
  readonly code: number;
}

const memoryExceeded = 4205;

/** The log of a call as the service writes it: what the function printed between a line of the start and one of the end. */
export function logText(lines: string, frame: LogFrame): string {
  const { requestId, version, duration, billed, memoryUsedMb, memoryMb } = frame;
  const start = `${second(frame.startedAt)} Start invoke request '${requestId}', version: ${version}`;
  const figures = `duration: ${duration.toFixed(3)}ms, billing duration: ${billed}ms, memory used: ${memoryUsedMb.toFixed(3)}MB, billing memory: ${memoryMb}MB`;
  const finish = `${second(frame.endedAt)} Finish invoke request '${requestId}'${outcome(frame.code)}, ${figures}`;
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
