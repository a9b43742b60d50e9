import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findProgram } from "../../sandbox/bubblewrap-trial.ts";
import type { Sandbox } from "../../sandbox/contract.ts";
import { ChannelProcess, channelWorker } from "../channel/channel-worker.ts";
import { type Adapter, type Availability, RuntimeFailure } from "../contract.ts";
import type { Workplaces } from "../workplaces.ts";

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
  /** Programs by runtime (`PHP8.3`) or language (`PHP`); the `php` of this machine otherwise. */
  readonly programs?: Readonly<Record<string, string>>;
}

/** Runs `PHP*` functions with PHP 8 of this machine, if it is installed. */
export function createPhpAdapter({ sandbox, workplaces, programs = {} }: PhpAdapterOptions): Adapter {
  const checks = new Map<string, Promise<Availability>>();

  function check(runtime: string): Promise<Availability> {
    const version = runtime.replace(/^PHP/, "");
    const program =
      programs[runtime] ?? programs[`PHP${version.split(".")[0]}`] ?? programs.PHP ?? findProgram("php");
    if (program === undefined) {
      const reason =
        "PHP functions need the command-line program php, which is not installed. Install php-cli 8, or name it in the option programs.";
      return Promise.resolve({ available: false, reason });
    }
    let found = checks.get(program);
    if (!found) {
      found = checkProgram(program);
      checks.set(program, found);
    }
    return found;
  }

  return {
    name: "php",
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
    close: async () => undefined,
  };
}

/** Finds what a program really is, and its version: the runner is written for PHP 8. */
async function checkProgram(program: string): Promise<Availability> {
  try {
    const { stdout } = await promisify(execFile)(program, ["-r", "echo PHP_VERSION, ' ', PHP_BINARY;"], {
      timeout: 10_000,
    });
    const [version = "", ...path] = stdout.trim().split(" ");
    if (Number.parseInt(version, 10) >= 8)
      return { available: true, program: realpathSync(path.join(" ") || program), version };
    return {
      available: false,
      reason: `PHP functions need PHP 8, and ${program} is ${version}. Install php-cli 8, or name it in the option programs.`,
    };
  } catch {
    return {
      available: false,
      reason: `The program ${program} for PHP functions cannot be started. Correct it in the option programs.`,
    };
  }
}
