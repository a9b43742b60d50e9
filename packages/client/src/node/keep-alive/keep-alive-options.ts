import type { Agent as HttpAgent } from "node:http";
import type { Agent as HttpsAgent } from "node:https";

/** Settings of the keep-alive transport. */
export interface KeepAliveOptions {
  /** Connections to one host at the same time; further requests wait for a free one. Without a limit by default. */
  readonly maxSockets?: number | undefined;
  /** Milliseconds that a connection is kept without work, 4000 by default: shorter than servers keep theirs, so that none ends under a request. */
  readonly idleTimeout?: number | undefined;
  /** The largest response body in bytes after decoding, 512 MiB by default; a larger one is an error, not a full memory. */
  readonly maxResponseSize?: number | undefined;
  /** Whether to tell the server that gzip is welcome, as fetch does; true by default. */
  readonly compression?: boolean | undefined;
  /** An agent of your own for http: addresses, such as one that goes through a proxy; it is yours to close. */
  readonly httpAgent?: HttpAgent | undefined;
  /** An agent of your own for https: addresses, such as one with a certificate authority of its own; it is yours to close. */
  readonly httpsAgent?: HttpsAgent | undefined;
}
