import type { Sandbox } from "../../sandbox/contract.ts";
import { environmentOf } from "../channel/function-context.ts";
import { type Adapter, type FunctionSpec, RuntimeFailure, type Worker, type Workplace } from "../contract.ts";
import { failedWorker } from "../custom/failed-worker.ts";
import type { Workplaces } from "../workplaces.ts";
import { FreePorts } from "./free-port.ts";
import { whyNotRunnable } from "./go-program.ts";
import { goWorker } from "./go-worker.ts";

/** How Go functions run. */
export interface GoAdapterOptions {
  readonly sandbox: Sandbox;
  readonly workplaces: Workplaces;
}

/**
 * Runs `Go*` functions: the executable that the handler names serves Go's net/rpc on RUNTIME_API_ADDR, as programs with the service's library
 * do (facts/runtime.md, 1.4).
 */
export function createGoAdapter({ sandbox, workplaces }: GoAdapterOptions): Adapter {
  const ports = new FreePorts();

  async function startIn(place: Workplace, spec: FunctionSpec): Promise<Worker> {
    await workplaces.fill(place, spec);
    const reason = await whyNotRunnable(place.codeFolder, spec.handler);
    if (reason !== undefined)
      return failedWorker(
        place,
        new RuntimeFailure(4001, `function entry exception, error: user entry not found: ${reason}`),
        "",
      );
    const port = await ports.take();
    try {
      const launched = await sandbox.launch({
        place,
        command: `${place.seen.code}/${spec.handler}`,
        arguments: [],
        environment: { ...environmentOf(spec, place), RUNTIME_API_ADDR: `127.0.0.1:${port}` },
        workingFolder: place.seen.root,
        memoryMb: spec.memoryMb,
        temporaryMb: spec.temporaryMb,
        channel: false,
        // The program listens, so that a network of its own would keep the emulator out.
        network: "host",
      });
      void launched.exited.then(() => ports.giveBack(port));
      return goWorker(spec, { place, launched, port });
    } catch (error) {
      ports.giveBack(port);
      throw error;
    }
  }

  return {
    name: "go",
    serves: (runtime) => /^Go\d/.test(runtime),
    check: async () => ({ available: true, program: "the package's own", version: "as it was built" }),
    async start(spec) {
      const place = await workplaces.make();
      try {
        return await startIn(place, spec);
      } catch (error) {
        await workplaces.remove(place);
        throw error instanceof RuntimeFailure
          ? error
          : new RuntimeFailure(4201, `function initialization failed: ${String(error)}`);
      }
    },
    close: async () => undefined,
  };
}
