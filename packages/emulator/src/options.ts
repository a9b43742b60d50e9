import type { IncomingMessage, ServerResponse } from "node:http";
import type { Handlers } from "./contract/handler.ts";
import { defaultLimits, type Limits } from "./core/limits.ts";
import type { AuthenticationMode } from "./http/authentication/authenticate.ts";
import type { Project, User } from "./http/authentication/identity.ts";
import type { BodyPatience } from "./http/body/read-body.ts";
import type { LogLevel } from "./log/logger.ts";
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

/** A mistake in the options, in one sentence with the remedy. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

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
  const region = options.region ?? "eu-de";
  const projects = options.projects ?? [{ id: "0a1b2c3d4e5f60718293a4b5c6d7e8f9", name: region }];
  const users = (options.users ?? [defaultUser]).map((user, index) => resolveUser(user, index, projects));
  const port = options.port ?? 0;
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new OptionError(`The port must be a number from 0 to 65535, and is ${port}: 0 takes a free one.`);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(region))
    throw new OptionError(`The region must be an identifier like eu-de, and is "${region}".`);
  if (projects.length === 0)
    throw new OptionError("There must be at least one project; leave the list out for the default one.");
  if (users.length === 0)
    throw new OptionError("There must be at least one user; leave the list out for the default one.");
  const twice = users.map((user) => user.accessKey).find((key, index, all) => all.indexOf(key) !== index);
  if (twice !== undefined)
    throw new OptionError(`The access key ${twice} belongs to two users; give each user its own.`);
  return {
    port,
    host: options.host ?? "127.0.0.1",
    region,
    data: options.data,
    authentication: options.authentication ?? "on",
    users,
    projects,
    origins: (options.origins ?? []).map(checkOrigin),
    allowedHosts: options.allowedHosts ?? [],
    strict: options.strict ?? false,
    validateResponses: options.validateResponses ?? false,
    limits: { ...defaultLimits, ...options.limits },
    objectStorage: options.objectStorage ?? {},
    runtime: options.runtime ?? {},
    asynchronous: options.asynchronous ?? {},
    time: options.time,
    seed: options.seed,
    clockSkewMinutes: options.clockSkewMinutes ?? 15,
    timeouts: { idle: 10_000, total: 120_000, headers: 10_000, ...options.timeouts },
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
  const resolved = { ...defaultUser, ...generated, projects: projects.map((project) => project.id), ...user };
  const unknown = resolved.projects.find((project) => !projects.some(({ id: known }) => known === project));
  if (unknown !== undefined)
    throw new OptionError(
      `The user ${user.name} has the project ${unknown}, which is not among the projects; add it there.`,
    );
  return resolved;
}

function checkOrigin(origin: string): string {
  if (origin === "*") return origin;
  const valid = URL.canParse(origin) && new URL(origin).origin === origin;
  if (!valid)
    throw new OptionError(
      `An origin is scheme, host and port like http://localhost:3000, and "${origin}" is none.`,
    );
  return origin;
}
