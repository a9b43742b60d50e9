import { clearTimeout, setTimeout } from "node:timers";
import type { FunctionRunner } from "../core/invocation/contract.ts";

/** Milliseconds after which processes are made ready for calls that are to be expected: what ends sooner needs none. */
const preparation = 500;

/** A runner that is made when it is first needed, so that an emulator whose functions nobody calls starts fast and stays small. */
export function lazyRunner(make: () => Promise<FunctionRunner>): FunctionRunner {
  let made: FunctionRunner | undefined;
  let making: Promise<FunctionRunner> | undefined;
  const runner = (): Promise<FunctionRunner> => {
    making ??= make().then((one) => {
      made = one;
      return one;
    });
    return making;
  };
  const preparing = new Map<string, NodeJS.Timeout>();
  const soon = (work: (one: FunctionRunner) => void): void => {
    // A runner that cannot be made tells whoever calls a function.
    void runner().then(work, () => undefined);
  };
  return {
    run: (spec, call, signal) =>
      made ? made.run(spec, call, signal) : runner().then((one) => one.run(spec, call, signal)),
    instances: () => made?.instances() ?? [],
    reserve: (spec, count) => {
      if (made || count > 0) soon((one) => one.reserve(spec, count));
    },
    prepare: (runtime) => {
      if (preparing.has(runtime)) return;
      const timer = setTimeout(() => soon((one) => one.prepare(runtime)), preparation).unref();
      preparing.set(runtime, timer);
    },
    release: (projectId) => made?.release(projectId),
    prune: (isGone) => made?.prune(isGone),
    sandbox: async () => (await runner()).sandbox(),
    health: async () => (await runner()).health(),
    close: async (grace) => {
      for (const timer of preparing.values()) clearTimeout(timer);
      // One that is being made when the emulator ends has to end, too.
      await (await making?.catch(() => undefined))?.close(grace);
    },
  };
}
