import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { checkFileOptions } from "../check-options.ts";
import { type LogLevel, logLevels } from "../log/logger.ts";
import { type EmulatorOptions, OptionError } from "../options.ts";
import { type SandboxChoice, sandboxChoices } from "../runtime/runner-options.ts";

/** What the command line asks for. */
export type Command =
  | { readonly kind: "start"; readonly options: EmulatorOptions; readonly json: boolean }
  | { readonly kind: "help" }
  | { readonly kind: "version" };

/** Where the state is kept when nothing else is said. */
export const defaultDataFolder = ".functiongraph";
/** The port of the emulator in the API's list of servers. */
export const defaultPort = 8700;

export const help: string = `Usage: functiongraph-emulator start [options]

A local FunctionGraph: the whole API on an embedded database.

  --port NUMBER      port to listen on, 0 for a free one (${defaultPort})
  --host ADDRESS     address to listen on (127.0.0.1)
  --data DIR         folder that keeps the state (${defaultDataFolder})
  --memory           keep the state in memory only
  --region NAME      region in URNs, and name of the default project (eu-de)
  --config FILE      JSON file with users, projects, limits, objectStorage and other options of createEmulator
  --no-auth          let everyone in without credentials
  --strict-auth      be as strict about signatures as possible
  --origin ORIGIN    let web pages of this origin call, as in http://localhost:3000; may be repeated
  --allow-host NAME  answer to this host name; may be repeated
  --strict           refuse properties and parameters that the API does not have
  --sandbox LEVEL    namespaces, process or auto: how far functions are kept from this machine (auto)
  --seed NUMBER      make identifiers and random choices repeatable
  --log LEVEL        ${logLevels.join(", ")} (warn)
  --json             print one JSON object with address and credentials
  --help, --version
`;

/** Reads the arguments after the program's name. @throws OptionError in one sentence with the remedy. */
export function readArguments(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const [command, ...rest] = positionals;
  if (command === undefined)
    throw new OptionError("Say what to do: functiongraph-emulator start; --help shows the options.");
  if (command !== "start")
    throw new OptionError(
      `There is no command "${command}"; the one there is reads: functiongraph-emulator start.`,
    );
  if (rest[0] !== undefined)
    throw new OptionError(`"${rest[0]}" belongs to no option; --help shows them all.`);
  if (values.memory && values.data !== undefined)
    throw new OptionError("--data and --memory exclude each other; leave one out.");
  if (values["no-auth"] && values["strict-auth"])
    throw new OptionError("--no-auth and --strict-auth exclude each other; leave one out.");
  const configured = values.config === undefined ? {} : readConfig(values.config);
  const data = values.data ?? configured.data ?? defaultDataFolder;
  const port = portOf(values.port) ?? configured.port ?? defaultPort;
  const authentication = values["no-auth"] ? "off" : values["strict-auth"] ? "strict" : undefined;
  const options: EmulatorOptions = {
    ...configured,
    port,
    ...(values.host !== undefined && { host: values.host }),
    ...(values.region !== undefined && { region: values.region }),
    ...(authentication && { authentication }),
    ...(values.origin && { origins: values.origin }),
    ...(values["allow-host"] && { allowedHosts: values["allow-host"] }),
    ...(values.strict && { strict: true }),
    ...(values.sandbox !== undefined && {
      runtime: { ...configured.runtime, sandbox: sandboxOf(values.sandbox) },
    }),
    ...(values.seed !== undefined && { seed: seedOf(values.seed) }),
    ...(values.log !== undefined && { logLevel: levelOf(values.log) }),
  };
  const { data: _, ...withoutData } = options;
  return {
    kind: "start",
    options: values.memory ? withoutData : { ...withoutData, data },
    json: values.json ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: "string" },
        host: { type: "string" },
        data: { type: "string" },
        memory: { type: "boolean" },
        region: { type: "string" },
        config: { type: "string" },
        "no-auth": { type: "boolean" },
        "strict-auth": { type: "boolean" },
        origin: { type: "string", multiple: true },
        "allow-host": { type: "string", multiple: true },
        strict: { type: "boolean" },
        sandbox: { type: "string" },
        seed: { type: "string" },
        log: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    refuseHyphen(args, message);
    throw new OptionError(`${message.split(/\. |\n/)[0]?.replace(/\.$/, "")}; --help shows the options.`, {
      cause: error,
    });
  }
}

/** A value that starts with a hyphen looks like an option, and parseArgs says nothing of what would be right. */
function refuseHyphen(args: readonly string[], message: string): void {
  const option = /^Option '(?:-\w, )?(--[\w-]+)' argument is ambiguous/.exec(message)?.[1];
  if (option === undefined) return;
  const value = args[args.indexOf(option) + 1] ?? "";
  if (option === "--port") portOf(value);
  if (option === "--seed") seedOf(value);
  throw new OptionError(
    `${option} has no value, as ${value} looks like an option; ${option}=${value} takes it as the value.`,
  );
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535)
    throw new OptionError(
      `--port takes a number from 0 to 65535, and is "${text}": 0 takes a free one, and without it ${defaultPort} is taken.`,
    );
  return Number(text);
}

function seedOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new OptionError(`--seed takes a number from 0 on, and is "${text}".`);
  return Number(text);
}

function sandboxOf(text: string): SandboxChoice {
  const choice = sandboxChoices.find((each) => each === text);
  if (!choice)
    throw new OptionError(`--sandbox takes one of ${sandboxChoices.join(", ")}, and is "${text}".`);
  return choice;
}

function levelOf(text: string): LogLevel {
  const level = logLevels.find((each) => each === text);
  if (!level) throw new OptionError(`--log takes one of ${logLevels.join(", ")}, and is "${text}".`);
  return level;
}

function readConfig(file: string): EmulatorOptions {
  let value: unknown;
  try {
    // Some editors put a byte order mark first.
    value = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new OptionError(
      `--config ${file} cannot be read: ${error instanceof Error ? error.message : error}; it must be a JSON file.`,
      { cause: error },
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new OptionError(`--config ${file} must hold a JSON object.`);
  const { time, ...rest } = value as Record<string, unknown>;
  // A text that is no time stays one, for the message.
  const at = typeof time === "string" && !Number.isNaN(Date.parse(time)) ? new Date(time) : time;
  // Of this form if the check that follows says so.
  const options = { ...rest, ...(at !== undefined && { time: at }) } as EmulatorOptions;
  checkFileOptions(options);
  return options;
}
