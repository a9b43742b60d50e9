import type { Launched, LaunchRequest, Sandbox } from "../../sandbox/contract.ts";
import { type FunctionSpec, RuntimeFailure, type Worker, type Workplace } from "../contract.ts";
import type { Workplaces } from "../workplaces.ts";
import { ChannelProcess, channelWorker } from "./channel-worker.ts";
import type { Poolable } from "./warm-pool.ts";

/** A process with a runner that waits for code, in its place. */
export interface PreparedProcess extends Poolable {
  /** Gives it a function. @throws RuntimeFailure when the code cannot be put into the place; the process is gone then. */
  assign(spec: FunctionSpec): Promise<Worker>;
}

/** Where processes are prepared. */
export interface PreparationSite {
  readonly sandbox: Sandbox;
  readonly workplaces: Workplaces;
}

/**
 * Starts a runner in a place of its own.
 * @param request what to launch in that place; a memory limit that it sets is that of the function to come
 * @param change another view of what was launched, for what only its runtime knows of it
 */
export async function prepareProcess(
  { sandbox, workplaces }: PreparationSite,
  request: (place: Workplace) => Omit<LaunchRequest, "place" | "channel" | "network" | "workingFolder">,
  change: (launched: Launched) => Launched = (launched) => launched,
): Promise<PreparedProcess> {
  const place = await workplaces.make();
  try {
    const wanted = request(place);
    const { root: workingFolder } = place.seen;
    const launched = change(
      await sandbox.launch({ ...wanted, place, workingFolder, channel: true, network: "host" }),
    );
    if (!launched.channel) throw new Error("The sandbox gave no channel.");
    const process = new ChannelProcess(launched, launched.channel);
    let over = false;
    const ended = launched.exited.then(() => {
      over = true;
    });
    const discard = (): void => {
      launched.kill();
      void ended.then(() => workplaces.remove(place));
    };
    const assign = async (spec: FunctionSpec): Promise<Worker> => {
      // Nobody waits for it: the watch over the memory holds from the first line of the function's code on.
      if (wanted.memoryMb === undefined) void launched.limitMemory(spec.memoryMb).catch(() => undefined);
      try {
        await workplaces.fill(place, spec);
      } catch (error) {
        discard();
        throw error instanceof RuntimeFailure
          ? error
          : new RuntimeFailure(4201, `function initialization failed: ${String(error)}`);
      }
      return channelWorker(process, spec, place);
    };
    return { ready: process.ready, ended, isOver: () => over, discard, assign };
  } catch (error) {
    await workplaces.remove(place);
    throw error;
  }
}
