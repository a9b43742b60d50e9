import type { FunctionRunner } from "../core/invocation/contract.ts";

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
  const soon = (work: (one: FunctionRunner) => void): void => {
    // A runner that cannot be made tells whoever calls a function.
    void runner().then(work, () => undefined);
  };
  return {
    run: async (spec, call, options) => (made ?? (await runner())).run(spec, call, options),
    instances: () => made?.instances() ?? [],
    reserve: (spec, count) => {
      if (made || count > 0) soon((one) => one.reserve(spec, count));
    },
    prepare: (runtime) => soon((one) => one.prepare(runtime)),
    release: (projectId) => made?.release(projectId),
    health: async () => (await runner()).health(),
    close: async (grace) => {
      // One that is being made when the emulator ends has to end, too.
      await (await making?.catch(() => undefined))?.close(grace);
    },
  };
}
