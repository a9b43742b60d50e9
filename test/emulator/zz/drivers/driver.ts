/** A call of a function. */
export interface Invocation {
  readonly urn: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly instanceMemory?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a caller sees of a call. */
export interface Seen {
  /** Status of the answer. */
  readonly status: number;
  /** Number of the failure, 0 for success; undefined where the driver does not show it. */
  readonly code: number | undefined;
  /** The result, or the error object, as it came. */
  readonly text: string;
  readonly requestId: string;
  readonly errorMessage: string | undefined;
  readonly errorType: string | undefined;
  readonly stackTrace: string;
  /** The end of the log. */
  readonly log: string;
  /** Code of the service, when it refused the call before a function ran. */
  readonly refusal: string | undefined;
}

/** A client that calls functions. */
export interface Driver {
  readonly name: string;
  invoke(invocation: Invocation): Promise<Seen>;
}

/** What there is when a call was refused. */
export function refused(status: number, refusal: string): Seen {
  const nothing = { code: undefined, errorMessage: undefined, errorType: undefined };
  return { status, ...nothing, text: "", requestId: "", stackTrace: "", log: "", refusal };
}
