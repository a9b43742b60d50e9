/** How much is logged; each level has the ones before it. */
export type LogLevel = "off" | "error" | "warn" | "info" | "debug";

/** All that is ever logged: neither bodies nor headers nor queries. */
export interface LogFields {
  /** The operationId, or method and path of a raw call. */
  readonly operation: string;
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  /** Milliseconds since the attempt began. */
  readonly duration?: number | undefined;
  /** Milliseconds until the next attempt. */
  readonly delay?: number | undefined;
}

/** Where log entries go; `console` is one. */
export type Logger = Readonly<Record<Exclude<LogLevel, "off">, (message: string, fields: LogFields) => void>>;
