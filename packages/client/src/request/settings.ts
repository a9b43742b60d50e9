import { transport } from "#transport";
import type { ClientOptions } from "../client-options.ts";
import { type Clock, systemClock } from "../clock.ts";
import { type CredentialsStore, credentialsStore } from "../credentials/credentials-store.ts";
import { type Endpoints, resolveEndpoints } from "../endpoints/resolve-endpoints.ts";
import type { LogFields, Logger } from "../logger.ts";

/** A client's options with everything filled in. */
export interface Settings {
  readonly endpoints: Endpoints;
  readonly projectId: string | undefined;
  readonly store: CredentialsStore;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly timeout: number;
  readonly maxRetries: number;
  /** Sent with every request, by names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly hasMiddleware: boolean;
  readonly clock: Clock;
  log(level: keyof Logger, fields: LogFields): void;
}

/** Each level stands behind those that it includes. */
const levels = "off error warn info debug";

/** Checks a client's options and fills them in; throws for what cannot be right. */
export function settingsOf(options: ClientOptions): Settings {
  const {
    timeout = 60_000,
    maxRetries = 2,
    clock = systemClock,
    logger = console,
    logLevel = "off",
  } = options;
  return {
    endpoints: resolveEndpoints(options),
    projectId: options.projectId,
    store: credentialsStore(options.credentials, clock, timeout),
    fetch: options.fetch ?? transport,
    timeout,
    maxRetries,
    headers: {
      accept: "application/json",
      ...(options.userAgent && { "user-agent": options.userAgent }),
      // With names in lower case.
      ...Object.fromEntries(new Headers(options.headers)),
    },
    hasMiddleware: !!options.middleware?.length,
    clock,
    log(level, fields) {
      if (levels.indexOf(level) <= levels.indexOf(logLevel)) logger[level]("functiongraph", fields);
    },
  };
}
