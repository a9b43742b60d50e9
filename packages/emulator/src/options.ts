import type { IncomingMessage, ServerResponse } from "node:http";
import { checkOptions } from "./check-options.ts";
import type { Handlers } from "./contract/handler.ts";
import { defaultLimits, type Limits } from "./core/limits.ts";
import type { AuthenticationMode } from "./http/authentication/authenticate.ts";
import type { Project, User } from "./http/authentication/identity.ts";
import type { BodyPatience } from "./http/body/read-body.ts";
import type { LogLevel } from "./log/logger.ts";
import { OptionError } from "./option-error.ts";
import type { RunnerOptions } from "./runtime/runner-options.ts";

/** A user as configured; what is left out is taken from the default user. */
export type UserOptions = Partial<User> & Pick<User, "name" | "password">;

/** How asynchronous requests are run, and where the notifications about them go. */
export interface AsynchronousOptions {
  /** Folder that has a folder for each OBS bucket. Default: the places of `objectStorage`. */
  readonly buckets?: string;
  /** Address on this machine that gets what is sent to SMN topics. */
  readonly notifications?: string;
  /** Address on this machine that gets what is sent to DIS streams. */
  readonly streams?: string;
  /** Tries errors of functions again like those of the service. Default: no. */
  readonly userErrorRetries?: boolean;
  /** Pause after the first attempt in seconds, and by what it grows. Default: 1 and 2. */
  readonly retrySeconds?: { readonly first: number; readonly factor: number };
  /** Requests that run at once. Default: 16. */
  readonly concurrency?: number;
}

/** How an emulator is to be. Everything has a default; the defaults listen on the loopback interface and keep all in memory. */
export interface EmulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Address to listen on. Default: 127.0.0.1. */
  readonly host?: string;
  /** Region in URNs, and name of the default project. Default: eu-de. */
  readonly region?: string;
  /** Folder that keeps the state. Without one it is in memory and ends with the process. */
  readonly data?: string;
  /** Default: `on`. */
  readonly authentication?: AuthenticationMode;
  /** Default: one user, `ada`. */
  readonly users?: readonly UserOptions[];
  /** Tenants, strictly apart. Default: one, called like the region. */
  readonly projects?: readonly Project[];
  /** Origins of web pages that may call, besides the emulator's own; `*` is any. */
  readonly origins?: readonly string[];
  /** Names by which the emulator may be called, besides loopback names and addresses. */
  readonly allowedHosts?: readonly string[];
  /** Refuses unknown properties and query parameters instead of ignoring them. */
  readonly strict?: boolean;
  /** Holds every answer against the API's description; one that does not fit becomes a 500, and is kept in `violations`. */
  readonly validateResponses?: boolean;
  readonly limits?: Partial<Limits>;
  /** Where `code_url` and `depend_link` may lead: address prefix → local folder or base address on this machine. */
  readonly objectStorage?: Readonly<Record<string, string>>;
  /** How functions run. */
  readonly runtime?: RunnerOptions;
  /** How asynchronous requests are run. */
  readonly asynchronous?: AsynchronousOptions;
  /** Stops the clock at this time. */
  readonly time?: Date;
  /** Makes identifiers and random choices repeatable. */
  readonly seed?: number;
  /** Minutes that the time of a signature may be off. Default: 15. */
  readonly clockSkewMinutes?: number;
  /** Milliseconds that bodies and headers of requests may take. */
  readonly timeouts?: Partial<BodyPatience> & { readonly headers?: number };
  /** Default: warn. */
  readonly logLevel?: LogLevel;
  /** Lines for people instead of JSON. Default: when standard error is a terminal. */
  readonly logPretty?: boolean;
  /** Takes each line of the log. Default: standard error. */
  readonly log?: (line: string) => void;
  /** Takes requests outside of `/v2`, `/v3` and `/_emulator`, such as those for a documentation site. */
  readonly fallback?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Replaces the handlers of operations, for tests. */
  readonly handlers?: Partial<Handlers>;
}

/** Options with all defaults filled in. */
export interface EmulatorSettings
  extends Required<
    Omit<EmulatorOptions, "data" | "time" | "seed" | "fallback" | "users" | "limits" | "timeouts">
  > {
  readonly data: string | undefined;
  readonly time: Date | undefined;
  readonly seed: number | undefined;
  readonly fallback: EmulatorOptions["fallback"];
  readonly users: readonly User[];
  readonly limits: Limits;
  readonly timeouts: BodyPatience & { readonly headers: number };
}

export { OptionError };

const defaultUser: Omit<User, "projects"> = {
  id: "5e6f708192a3b4c5d6e7f8091a2b3c4d",
  name: "ada",
  password: "example-password",
  domainId: "d0c1b2a3f4e5d6c7b8a9f0e1d2c3b4a5",
  domainName: "example-domain",
  accessKey: "EXAMPLEACCESSKEY0001",
  secretKey: "example-secret-key",
};

/** Fills in the defaults. @throws OptionError */
export function resolveOptions(options: EmulatorOptions): EmulatorSettings {
  checkOptions(options);
  const region = options.region ?? "eu-de";
  const projects = options.projects ?? [{ id: "0a1b2c3d4e5f60718293a4b5c6d7e8f9", name: region }];
  const users = (options.users ?? [defaultUser]).map((user, index) => resolveUser(user, index, projects));
  if (projects.length === 0)
    throw new OptionError("There must be at least one project; leave the list out for the default one.");
  if (users.length === 0)
    throw new OptionError("There must be at least one user; leave the list out for the default one.");
  checkTwins(users, projects);
  return {
    port: options.port ?? 0,
    host: options.host ?? "127.0.0.1",
    region,
    data: options.data,
    authentication: options.authentication ?? "on",
    users,
    projects,
    origins: options.origins ?? [],
    allowedHosts: options.allowedHosts ?? [],
    strict: options.strict ?? false,
    validateResponses: options.validateResponses ?? false,
    limits: { ...defaultLimits, ...given(options.limits) },
    objectStorage: options.objectStorage ?? {},
    runtime: options.runtime ?? {},
    asynchronous: options.asynchronous ?? {},
    time: options.time,
    seed: options.seed,
    clockSkewMinutes: options.clockSkewMinutes ?? 15,
    timeouts: { idle: 10_000, total: 120_000, headers: 10_000, ...given(options.timeouts) },
    logLevel: options.logLevel ?? "warn",
    logPretty: options.logPretty ?? process.stderr.isTTY === true,
    log: options.log ?? ((line) => void process.stderr.write(line)),
    fallback: options.fallback,
    handlers: options.handlers ?? {},
  };
}

function resolveUser(user: UserOptions, index: number, projects: readonly Project[]): User {
  // Further users get identifiers and keys that differ from the first one's.
  const suffix = index === 0 ? "" : `-${index + 1}`;
  const { id, accessKey, secretKey } = defaultUser;
  const generated = {
    id: `${id.slice(0, id.length - suffix.length)}${suffix.replace("-", "0")}`,
    accessKey: `${accessKey}${suffix}`,
    secretKey: `${secretKey}${suffix}`,
  };
  const resolved = {
    ...defaultUser,
    ...generated,
    projects: projects.map((project) => project.id),
    ...given(user),
  };
  const unknown = resolved.projects.find((project) => !projects.some(({ id: known }) => known === project));
  if (unknown !== undefined)
    throw new OptionError(
      `The user ${user.name} has the project ${unknown}, which is not among the projects; add it there.`,
    );
  return resolved;
}

/** Without what is undefined, so that it leaves the default alone. */
function given<T extends object>(options: T | undefined): Partial<T> {
  // Some of its properties are left, as they were.
  return Object.fromEntries(
    Object.entries(options ?? {}).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

/** What requests name one by must be that of one alone. */
function checkTwins(users: readonly User[], projects: readonly Project[]): void {
  const id = twinOf(projects.map((project) => project.id));
  if (id !== undefined)
    throw new OptionError(`The ID ${id} belongs to two projects; give each project its own.`);
  const key = twinOf(users.map((user) => user.accessKey));
  if (key !== undefined)
    throw new OptionError(`The access key ${key} belongs to two users; give each user its own.`);
  const userId = twinOf(users.map((user) => user.id));
  if (userId !== undefined)
    throw new OptionError(`The ID ${userId} belongs to two users; give each user its own.`);
  const names = users.map(({ name, domainName }) => `${name} of the account ${domainName}`);
  const name = twinOf(names);
  if (name !== undefined)
    throw new OptionError(`There are two users ${name}; give each a name or domainName of its own.`);
}

function twinOf(texts: readonly string[]): string | undefined {
  return texts.find((text, index) => texts.indexOf(text) !== index);
}
