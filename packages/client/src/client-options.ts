import type { Middleware } from "openapi-fetch";
import type { Clock } from "./clock.ts";
import type { Credentials, CredentialsProvider } from "./credentials/credentials.ts";
import type { Region } from "./endpoints/region.ts";
import type { Logger, LogLevel } from "./logger.ts";

/** Settings of a client. Either `region` or `endpoint` is needed. */
export interface ClientOptions {
  /** Any string may be one; those of Open Telekom Cloud are told from those of Huawei Cloud by their name. */
  readonly region?: Region | (string & {}) | undefined;
  /** Where FunctionGraph is, in place of the region's address; IAM is then asked there, too, as a local emulator serves both. */
  readonly endpoint?: string | undefined;
  /** Where IAM is, in place of the region's or the endpoint's address. */
  readonly iamEndpoint?: string | undefined;
  /** Found by `listProjects` when it is missing: exactly one project must have the region's name. */
  readonly projectId?: string | undefined;
  /** Keys, a token, or what gets them; `"none"` for a client that only calls `createToken`. */
  readonly credentials: Credentials | CredentialsProvider | "none";
  /**
   * Sends the requests. By default that is the platform's fetch, and on Node the keep-alive transport of `./node`, which takes less CPU
   * time, unless the program has put another fetch in place of Node's or has set undici's global dispatcher.
   */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Milliseconds that a call may take, its retries included; 60,000 by default. */
  readonly timeout?: number | undefined;
  /** How often a request may be sent again, 2 by default. */
  readonly maxRetries?: number | undefined;
  /** Sent with every request, and signed. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Middleware of openapi-fetch around all calls; requests are signed and sent again behind it. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Where entries go, `console` by default. */
  readonly logger?: Logger | undefined;
  /** `"off"` by default. */
  readonly logLevel?: LogLevel | undefined;
  /** Sent as User-Agent, the platform's own by default; browsers may not let it be set. */
  readonly userAgent?: string | undefined;
  /** The machine's own by default. */
  readonly clock?: Clock | undefined;
}

/** Settings of one call, in place of the client's. */
export interface CallOptions {
  /** Ends the call with an AbortError. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that the call may take, its retries included. */
  readonly timeout?: number | undefined;
  readonly maxRetries?: number | undefined;
  /** Sent beside the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
