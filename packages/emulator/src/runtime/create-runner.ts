import type { TimerClock } from "../core/clock.ts";
import type { FunctionRunner } from "../core/invocation/contract.ts";
import { createSandbox } from "../sandbox/create-sandbox.ts";
import type { PackageStore } from "../store/package-store.ts";
import type { FunctionSpec } from "./contract.ts";
import { createCustomAdapter } from "./custom/custom-adapter.ts";
import { createGoAdapter } from "./go/go-adapter.ts";
import { createHttpAdapter } from "./http/http-adapter.ts";
import { createJavaAdapter } from "./java/java-adapter.ts";
import { createNodeAdapter } from "./node/node-adapter.ts";
import { createPhpAdapter } from "./php/php-adapter.ts";
import { createPythonAdapter } from "./python/python-adapter.ts";
import type { RunnerOptions } from "./runner-options.ts";
import { openRuntimeFolder } from "./runtime-folder.ts";
import { createSupervisor } from "./supervisor/create-supervisor.ts";
import { createUnavailableAdapter } from "./unavailable/unavailable-adapter.ts";
import { createWorkplaces } from "./workplaces.ts";

/** What functions run with. */
export interface RunnerParts {
  readonly packages: Pick<PackageStore, "get">;
  readonly clock: TimerClock;
  /** The emulator's data folder; without one the instances lie in the machine's folder for temporary files. */
  readonly dataFolder: string | undefined;
  readonly options: RunnerOptions;
  /** Given what functions print outside of calls, and in calls that take their time. */
  readonly printed: (spec: FunctionSpec, text: string) => void;
}

/** Makes everything that runs functions. */
export async function createRunner({
  packages,
  clock,
  dataFolder,
  options,
  printed,
}: RunnerParts): Promise<FunctionRunner> {
  const folder = await openRuntimeFolder(dataFolder);
  const sandbox = await createSandbox({ root: folder.path, wanted: options.sandbox ?? "auto" });
  const workplaces = createWorkplaces(folder.path, packages, sandbox.level);
  const { programs = {}, warm = 2, httpNetwork = "own" } = options;
  const supervisor = createSupervisor({
    adapters: [
      createNodeAdapter({ sandbox, workplaces, programs, warm }),
      createPythonAdapter({ sandbox, workplaces, programs, warm }),
      createJavaAdapter({
        sandbox,
        workplaces,
        programs,
        cacheFolder: folder.cache,
        warm: Math.min(warm, 1),
      }),
      createCustomAdapter({ sandbox, workplaces, programs }),
      createHttpAdapter({ sandbox, workplaces, programs, httpNetwork }),
      createPhpAdapter({ sandbox, workplaces, programs }),
      createGoAdapter({ sandbox, workplaces }),
      // It knows a reason for everything that the others do not run.
      createUnavailableAdapter(),
    ],
    sandbox,
    removePlace: (place) => workplaces.remove(place),
    clock,
    maxInstances: options.maxInstances ?? 100,
    idleSeconds: options.idleSeconds ?? 60,
    queueSeconds: options.queueSeconds ?? 60,
    printed,
  });
  return {
    ...supervisor,
    async close(grace) {
      await supervisor.close(grace);
      await folder.remove();
    },
  };
}
