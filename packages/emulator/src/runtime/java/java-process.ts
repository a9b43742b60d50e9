import type { Launched } from "../../sandbox/contract.ts";
import { type PreparationSite, type PreparedProcess, prepareProcess } from "../channel/prepared-process.ts";
import type { JavaInstallation } from "./java-installation.ts";
import { heapFullCode, machineOptions } from "./machine-options.ts";

/** What a Java machine is started with. */
export interface JavaProcessRequest extends PreparationSite {
  readonly java: JavaInstallation;
  /** The compiled runner. */
  readonly runner: string;
  /** The heap's size depends on it, which cannot be changed later. */
  readonly memoryMb: number;
  readonly temporaryMb: number;
}

/** Starts a Java machine in a new place. */
export function startJavaProcess(request: JavaProcessRequest): Promise<PreparedProcess> {
  const { java, runner, memoryMb, temporaryMb } = request;
  return prepareProcess(
    request,
    ({ seen }) => ({
      command: java.program,
      arguments: [...machineOptions(memoryMb, seen.temporary), "-jar", runner],
      environment: {
        PATH: "/usr/local/bin:/usr/bin:/bin",
        HOME: seen.temporary,
        LANG: "C.UTF-8",
        // Each of the machine's threads would get an area of memory of its own.
        MALLOC_ARENA_MAX: "2",
      },
      memoryMb,
      temporaryMb,
      readable: [java.home, runner],
    }),
    withHeapFull,
  );
}

/** A full heap counts as the memory limit, which the sandbox cannot know. */
function withHeapFull(launched: Launched): Launched {
  return {
    pid: launched.pid,
    output: launched.output,
    ...(launched.channel && { channel: launched.channel }),
    limitMemory: (megabytes) => launched.limitMemory(megabytes),
    memoryMb: () => launched.memoryMb(),
    peakMb: () => launched.peakMb(),
    watch: (on) => launched.watch(on),
    kill: () => launched.kill(),
    exited: launched.exited.then((end) => (end.code === heapFullCode ? { ...end, outOfMemory: true } : end)),
  };
}
