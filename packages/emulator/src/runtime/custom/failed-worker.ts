import type { ProcessEnd, RuntimeFailure, Worker, Workplace } from "../contract.ts";
import { WorkerOutput } from "./worker-output.ts";

/** A worker for a function that cannot even be started: its log tells what to do, and its initialisation fails. */
export function failedWorker(place: Workplace, failure: RuntimeFailure, advice: string): Worker {
  const output = new WorkerOutput();
  let leave: (end: ProcessEnd) => void = () => undefined;
  const exited = new Promise<ProcessEnd>((resolve) => {
    leave = resolve;
  });
  return {
    place,
    pid: 0,
    output: output.stream,
    async initialize() {
      output.say(advice);
      throw failure;
    },
    async call() {
      throw failure;
    },
    preStop: async () => undefined,
    kill() {
      output.end();
      leave({ code: null, signal: null, outOfMemory: false });
    },
    watch: () => undefined,
    exited,
  };
}
