import { createHandlers } from "./api/index.ts";
import { type EmulatorOptions, resolveOptions } from "./options.ts";
import { type Emulator, startEmulator } from "./start-emulator.ts";

/**
 * Starts a local FunctionGraph.
 *
 * @example
 * const emulator = await createEmulator({ port: 0 });
 * await fetch(`${emulator.url}/v2/${emulator.projectId}/fgs/functions`, { headers: { "X-Auth-Token": emulator.token } });
 * await emulator.close();
 *
 * @throws OptionError, DataFolderError with the remedy.
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  return startEmulator(resolveOptions(options), createHandlers);
}
