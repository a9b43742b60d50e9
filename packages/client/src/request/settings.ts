import type { ClientOptions } from "../client-options.ts";
import { type Clock, systemClock } from "../clock.ts";
import { type CredentialsStore, credentialsStore } from "../credentials/credentials-store.ts";
import { type Endpoints, resolveEndpoints } from "../endpoints/resolve-endpoints.ts";
import { ValidationError } from "../errors/validation-error.ts";
import { version } from "../generated/version.ts";
import type { LogFields, LogLevel } from "../logger.ts";

/** A client's options with everything filled in. */
export interface Settings {
  readonly endpoints: Endpoints;
  readonly region: string | undefined;
  readonly projectId: string | undefined;
  readonly store: CredentialsStore;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly timeout: number;
  readonly maxRetries: number;
  /** Sent with every request, by names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly hasMiddleware: boolean;
  readonly clock: Clock;
  readonly random: () => number;
  log(level: Exclude<LogLevel, "off">, message: string, fields: LogFields): void;
}

const levels: readonly LogLevel[] = ["off", "error", "warn", "info", "debug"];

/** Checks a client's options and fills them in; throws a ValidationError for what cannot be right. */
export function settingsOf(options: ClientOptions): Settings {
  const { timeout = 60_000, maxRetries = 2, clock = systemClock, logger = console, logLevel = "off" } = options;
  if (!(timeout > 0)) throw new ValidationError("timeout", "pass milliseconds, more than 0");
  const shown = levels.indexOf(logLevel);
  return {
    endpoints: resolveEndpoints(options),
    region: options.region,
    projectId: options.projectId,
    store: credentialsStore(options.credentials, clock, timeout),
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    timeout,
    maxRetries,
    headers: lowerCase({ accept: "application/json", ...userAgent(options.userAgent), ...options.headers }),
    hasMiddleware: !!options.middleware?.length,
    clock,
    random: Math.random,
    log(level, message, fields) {
      if (levels.indexOf(level) <= shown) logger[level](`functiongraph: ${message}`, fields);
    },
  };
}

/** In a browser the header would make every request need a permission of its own. */
function userAgent(value = `functiongraph-client/${version}`): Record<string, string> {
  return /^Mozilla/.test(globalThis.navigator?.userAgent) ? {} : { "user-agent": value };
}

/** One spelling of each name, so that what is set later replaces what was set before. */
function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
