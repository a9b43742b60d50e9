import { types } from "node:util";
import { defaultLimits, type Limits } from "./core/limits.ts";
import { isLocalAddress } from "./core/local-address.ts";
import type { Project } from "./http/authentication/identity.ts";
import { logLevels } from "./log/logger.ts";
import {
  type Check,
  type Checks,
  callable,
  entries,
  flag,
  isText,
  listOf,
  notInFiles,
  number,
  oneOf,
  properties,
  secret,
  text,
  whole,
  wrong,
} from "./option-check.ts";
import { OptionError } from "./option-error.ts";
import type { AsynchronousOptions, EmulatorOptions, UserOptions } from "./options.ts";
import { programKeys } from "./runtime/programs/configured-programs.ts";
import { type RunnerOptions, sandboxChoices } from "./runtime/runner-options.ts";

/** The most seconds that timers can be set to, some 24 days. */
const mostSeconds = 2_147_483;

const seconds: Check = number(0, mostSeconds);
const anyText: Check = text("a text that is not empty");
const folder: Check = text("the path of a folder");
/** They are parts of addresses, of URNs and of the paths of logs. */
const projectId: Check = text("1 to 64 letters, digits, underscores and hyphens", /^[\w-]{1,64}$/);

const runtime: Checks<RunnerOptions> = {
  sandbox: oneOf(sandboxChoices),
  programs: entries(checkProgram),
  maxInstances: whole(1),
  idleSeconds: seconds,
  queueSeconds: seconds,
  warm: whole(0),
  httpNetwork: oneOf(["own", "host"]),
};

const asynchronous: Checks<AsynchronousOptions> = {
  buckets: folder,
  notifications: checkAddress,
  streams: checkAddress,
  userErrorRetries: flag,
  retrySeconds: properties<NonNullable<AsynchronousOptions["retrySeconds"]>>(
    { first: seconds, factor: number(1, 1000) },
    ["first", "factor"],
  ),
  concurrency: whole(1),
};

const user: Checks<UserOptions> = {
  id: anyText,
  name: anyText,
  password: secret,
  domainId: anyText,
  domainName: anyText,
  accessKey: anyText,
  secretKey: secret,
  projects: listOf(projectId, '["<ID of a project>"]'),
};

const project: Checks<Project> = { id: projectId, name: anyText };

// Every limit has a default.
const limits = Object.fromEntries(
  Object.keys(defaultLimits).map((name) => [name, whole(0)]),
) as unknown as Checks<Limits>;

const options: Checks<EmulatorOptions> = {
  port: checkPort,
  host: checkHost,
  region: text("an identifier like eu-de", /^[a-z0-9]+(-[a-z0-9]+)*$/),
  data: checkData,
  authentication: oneOf(["on", "off", "strict"]),
  users: listOf(properties(user, ["name", "password"]), '[{ "name": "ada", "password": "…" }]'),
  projects: listOf(properties(project, ["id", "name"]), '[{ "id": "…", "name": "eu-de" }]'),
  origins: listOf(checkOrigin, '["http://localhost:3000"], or ["*"] for any'),
  allowedHosts: listOf(
    text("a name like emulator, without scheme and port", /^[^\s:/[\]]+$/),
    '["emulator"]',
  ),
  strict: flag,
  validateResponses: flag,
  limits: properties(limits),
  objectStorage: entries(checkPlace),
  runtime: properties(runtime),
  asynchronous: properties(asynchronous),
  time: checkTime,
  seed: number(-Number.MAX_VALUE, Number.MAX_VALUE),
  clockSkewMinutes: number(0, mostSeconds),
  timeouts: properties<NonNullable<EmulatorOptions["timeouts"]>>({
    idle: whole(1),
    total: whole(1),
    headers: whole(1),
  }),
  logLevel: oneOf(logLevels),
  logPretty: flag,
  log: callable,
  fallback: callable,
  handlers: entries(() => undefined),
};

const functions = ["log", "fallback", "handlers"] as const;
const fileOptions: Checks<EmulatorOptions> = {
  ...options,
  log: notInFiles,
  fallback: notInFiles,
  handlers: notInFiles,
};

/** Looks at names and values of all options. @throws OptionError that names the option and the remedy */
export function checkOptions(given: EmulatorOptions): void {
  properties(options)(given, "");
}

/** The same for options of a file, which holds no functions. @throws OptionError that names the option and the remedy */
export function checkFileOptions(given: EmulatorOptions): void {
  properties(fileOptions, [], functions)(given, "");
}

function checkPort(value: unknown): void {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 65535) return;
  const shown = typeof value === "string" ? `the text ${JSON.stringify(value)}` : String(value);
  throw new OptionError(
    `The port must be a number from 0 to 65535, and is ${shown}: 0 takes a free one${typeof value === "string" ? ", without quotation marks" : ""}.`,
  );
}

function checkHost(value: unknown, name: string): void {
  // The system takes it for all addresses; a shell writes it where a variable is not set.
  if (isBlank(value))
    throw new OptionError("The host is empty; name an address such as 127.0.0.1, or leave the option out.");
  text("an address of this machine, such as 127.0.0.1")(value, name);
}

function checkData(value: unknown, name: string): void {
  if (isBlank(value))
    throw new OptionError("The data folder is empty; name a folder, or leave the option out.");
  folder(value, name);
}

function isBlank(value: unknown): boolean {
  return typeof value === "string" && value.trim() === "";
}

function checkOrigin(value: unknown, name: string): void {
  if (value === "*") return;
  if (typeof value !== "string" || !URL.canParse(value) || new URL(value).origin !== value)
    throw wrong(name, "must be scheme, host and port like http://localhost:3000", value);
}

function checkProgram(key: string, program: unknown, name: string): void {
  const known = programKeys();
  if (!known.includes(key))
    throw new OptionError(
      `The option ${name} names a program for ${JSON.stringify(key)}, which is no runtime, language with its first number, or language; known are ${known.join(", ")}.`,
    );
  text("the path of a program, or its name in PATH")(program, `${name}[${JSON.stringify(key)}]`);
}

/** Keys are addresses or, for what asynchronous requests write, names of buckets. */
function checkPlace(key: string, place: unknown, name: string): void {
  const isAddress = URL.canParse(key) && /^https?:\/\//.test(key);
  if (!isAddress && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(key))
    throw new OptionError(
      `The option ${name} has the key ${JSON.stringify(key)}, which is no address like https://my-bucket.obs.eu-de.otc.t-systems.com/ and no name of a bucket.`,
    );
  const isElsewhere = isText(place) && /^[a-z][a-z0-9+.-]+:\/\//i.test(place) && !isLocalAddress(place);
  if (!isText(place) || isElsewhere)
    throw wrong(
      `${name}[${JSON.stringify(key)}]`,
      "must be the path of a folder, or an address of this machine like http://127.0.0.1:9000",
      place,
    );
}

function checkAddress(value: unknown, name: string): void {
  if (typeof value !== "string" || !isLocalAddress(value))
    throw wrong(name, "must be an address of this machine like http://127.0.0.1:9000", value);
}

function checkTime(value: unknown, name: string): void {
  // Test runners give each test file a Date of its own.
  if (!types.isDate(value) || Number.isNaN(value.getTime()))
    throw wrong(name, "must be a Date, or in a file a text like 2026-03-02T09:00:00Z", value);
}
