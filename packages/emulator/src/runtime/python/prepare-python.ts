import { fileURLToPath } from "node:url";
import type { Sandbox } from "../../sandbox/contract.ts";
import { dataBytes } from "../../sandbox/launched-process.ts";
import { ChannelProcess } from "../channel/channel-worker.ts";
import type { Poolable } from "../channel/warm-pool.ts";
import type { Workplace } from "../contract.ts";
import type { Workplaces } from "../workplaces.ts";
import type { Interpreter } from "./interpreter.ts";

/** A Python that waits for code, in its place. */
export interface PreparedPython extends Poolable {
  readonly process: ChannelProcess;
  readonly place: Workplace;
}

const runners = fileURLToPath(new URL("../../../runners/python", import.meta.url));

/**
 * Starts a Python with the runner in a place of its own.
 * @param temporaryMb size of its /tmp
 */
export async function preparePython(
  { sandbox, workplaces }: { readonly sandbox: Sandbox; readonly workplaces: Workplaces },
  { program, prefixes, packages }: Interpreter,
  temporaryMb: number,
): Promise<PreparedPython> {
  const place = await workplaces.make();
  try {
    const launched = await sandbox.launch({
      place,
      command: program,
      // Without the module site, as the runner says, and without a try to write compiled modules into the code folder.
      arguments: ["-S", "-s", "-B", `${runners}/run.py`, String(dataBytes(0)), ...packages],
      environment: {
        PATH: "/usr/local/bin:/usr/bin:/bin",
        HOME: place.seen.temporary,
        TMPDIR: place.seen.temporary,
        LANG: "C.UTF-8",
      },
      workingFolder: place.seen.root,
      temporaryMb,
      channel: true,
      network: "host",
      readable: [...new Set([program, runners, ...prefixes, ...packages])].filter((path) => path !== "/usr"),
    });
    if (!launched.channel) throw new Error("The sandbox gave no channel.");
    const runner = new ChannelProcess(launched, launched.channel);
    let over = false;
    const ended = launched.exited.then(() => {
      over = true;
    });
    const discard = (): void => {
      launched.kill();
      void ended.then(() => workplaces.remove(place));
    };
    return { process: runner, place, ready: runner.ready, ended, isOver: () => over, discard };
  } catch (error) {
    await workplaces.remove(place);
    throw error;
  }
}
