import type { Launched, Sandbox } from "../../sandbox/contract.ts";
import { ChannelProcess } from "../channel/channel-worker.ts";
import type { Poolable } from "../channel/warm-pool.ts";
import type { Workplace } from "../contract.ts";
import type { Workplaces } from "../workplaces.ts";
import type { JavaInstallation } from "./java-installation.ts";
import { heapFullCode, machineOptions } from "./machine-options.ts";

/** A Java machine with the runner, which waits for code, in its place. */
export interface JavaProcess extends Poolable {
  readonly process: ChannelProcess;
  readonly place: Workplace;
}

/** What a Java machine is started with. */
export interface JavaProcessRequest {
  readonly sandbox: Sandbox;
  readonly workplaces: Workplaces;
  readonly java: JavaInstallation;
  /** The compiled runner. */
  readonly runner: string;
  /** The heap's size depends on it, which cannot be changed later. */
  readonly memoryMb: number;
  readonly temporaryMb: number;
}

/** Starts a Java machine in a new place. */
export async function startJavaProcess(request: JavaProcessRequest): Promise<JavaProcess> {
  const { sandbox, workplaces, java, runner, memoryMb, temporaryMb } = request;
  const place = await workplaces.make();
  const { seen } = place;
  try {
    const launched = await sandbox.launch({
      place,
      command: java.program,
      arguments: [...machineOptions(memoryMb, seen.temporary), "-jar", runner],
      environment: {
        PATH: "/usr/local/bin:/usr/bin:/bin",
        HOME: seen.temporary,
        LANG: "C.UTF-8",
        // Each of the machine's threads would get an area of memory of its own.
        MALLOC_ARENA_MAX: "2",
      },
      workingFolder: seen.root,
      memoryMb,
      temporaryMb,
      channel: true,
      network: "host",
      readable: [java.home, runner],
    });
    if (!launched.channel) throw new Error("The sandbox gave no channel.");
    const process = new ChannelProcess(withHeapFull(launched), launched.channel);
    let over = false;
    const ended = launched.exited.then(() => {
      over = true;
    });
    const discard = (): void => {
      launched.kill();
      void ended.then(() => workplaces.remove(place));
    };
    return { process, place, ready: process.ready, ended, isOver: () => over, discard };
  } catch (error) {
    await workplaces.remove(place);
    throw error;
  }
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
