import { fileURLToPath } from "node:url";
import type { Sandbox } from "../../sandbox/contract.ts";
import { ChannelProcess, channelWorker } from "../channel/channel-worker.ts";
import { type Adapter, type Availability, RuntimeFailure } from "../contract.ts";
import { configuredProgram, configuredVersions, type Programs } from "../programs/configured-programs.ts";
import { programsInPath } from "../programs/programs-in-path.ts";
import { programsOption } from "../programs/programs-option.ts";
import type { Workplaces } from "../workplaces.ts";
import { askPhp, type PhpProgram } from "./ask-php.ts";

const runners = fileURLToPath(new URL("../../../runners/php", import.meta.url));

/** Errors and warnings go to the log as plain text; limits are the sandbox's. */
const settings = [
  "display_errors=stderr",
  "html_errors=0",
  "log_errors=0",
  "error_reporting=-1",
  "memory_limit=-1",
  "default_socket_timeout=60",
  "variables_order=EGPCS",
].flatMap((setting) => ["-d", setting]);

/** How PHP functions run. */
export interface PhpAdapterOptions {
  readonly sandbox: Sandbox;
  readonly workplaces: Workplaces;
  /** Programs by runtime (`PHP8.3`, `PHP8`) or for all (`PHP`); the first `php` of PATH that can be started otherwise. */
  readonly programs?: Programs;
  /** Where `php` is looked for. Default: the emulator's PATH. */
  readonly path?: string;
}

/** Runs `PHP*` functions with PHP 8 of this machine, if it is installed. */
export function createPhpAdapter({ sandbox, workplaces, programs = {}, path }: PhpAdapterOptions): Adapter {
  const checks = new Map<string, Promise<Availability>>();
  const ending = new AbortController();

  function check(runtime: string): Promise<Availability> {
    const configured = configuredProgram(programs, "PHP", runtime.replace(/^PHP/, ""));
    const key = configured?.key ?? "";
    let found = checks.get(key);
    if (!found) {
      found = configured
        ? checkPrograms([configured.program], configured.key, ending.signal)
        : checkPrograms(programsInPath("php", path), undefined, ending.signal);
      checks.set(key, found);
    }
    return found;
  }

  return {
    name: "php",
    configured: configuredVersions(programs, "PHP"),
    serves: (runtime) => runtime.startsWith("PHP"),
    check,
    async start(spec) {
      const availability = await check(spec.runtime);
      if (!availability.available)
        throw new RuntimeFailure(4201, `function initialization failed: ${availability.reason}`);
      const { program } = availability;
      const place = await workplaces.make();
      try {
        const launched = await sandbox.launch({
          place,
          command: program,
          arguments: [...settings, `${runners}/runner.php`],
          environment: { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: place.seen.temporary, LANG: "C.UTF-8" },
          workingFolder: place.seen.root,
          memoryMb: spec.memoryMb,
          temporaryMb: spec.temporaryMb,
          channel: true,
          network: "host",
          readable: [program, runners],
        });
        if (!launched.channel) throw new Error("The sandbox gave no channel.");
        try {
          await workplaces.fill(place, spec);
        } catch (error) {
          launched.kill();
          throw error;
        }
        return channelWorker(new ChannelProcess(launched, launched.channel), spec, place);
      } catch (error) {
        await workplaces.remove(place);
        throw error instanceof RuntimeFailure
          ? error
          : new RuntimeFailure(4201, `function initialization failed: ${String(error)}`);
      }
    },
    async close() {
      ending.abort();
    },
  };
}

/**
 * The first of some programs that is a PHP 8, for which the runner is written.
 * @param key the name under which the only one is configured; without it they are those of PATH
 */
async function checkPrograms(
  programs: readonly string[],
  key: string | undefined,
  signal: AbortSignal,
): Promise<Availability> {
  const which = key === undefined ? "the first php of PATH" : `configured for ${key}`;
  const option = programsOption("PHP", key);
  const remedy = key === undefined ? `Install php-cli 8, or name it ${option}.` : `Name a PHP 8 ${option}.`;
  let older: PhpProgram | undefined;
  for (const program of programs) {
    const found = await askPhp(program, signal);
    if (found && Number.parseInt(found.version, 10) >= 8) return { available: true, ...found };
    older ??= found;
  }
  const [first] = programs;
  const reason =
    first === undefined
      ? `PHP functions need the command-line program php, which is not installed. ${remedy}`
      : older
        ? `PHP functions need PHP 8, and ${older.program} is ${older.version}. ${remedy}`
        : `The program ${first}, ${which}, cannot be started or is no PHP. ${remedy}`;
  return { available: false, reason };
}
