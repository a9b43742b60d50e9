/** What a run used: times in milliseconds, sizes in megabytes. Each may be missing. */
export interface InvocationSummary {
  readonly duration?: number;
  readonly billingDuration?: number;
  readonly memorySize?: number;
  readonly memoryUsed?: number;
}

/** What a function returned, and how its run went. */
export interface InvocationResult<Value = unknown> {
  /** What the function returned: the value where it is JSON, the text where it is not. */
  readonly result: Value;
  /** The same as it came, for functions that return text which may look like JSON. */
  readonly text: string;
  /** End of the run's log as text; empty when it was not asked for. */
  readonly log: string;
  /** Identifies the run in the function's logs. */
  readonly requestId: string | undefined;
  /** Undefined when the service sent none. */
  readonly summary: InvocationSummary | undefined;
  /** Milliseconds that are charged. */
  readonly billingDuration: number | undefined;
}
