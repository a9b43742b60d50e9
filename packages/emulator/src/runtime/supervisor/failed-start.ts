import { RuntimeFailure } from "../contract.ts";

/** Failures of an initializer, in the runtime's table. */
const initializers: ReadonlySet<number> = new Set([4009, 4211]);

/** Why an instance has not started, with what all attempts to start it have left. */
export class FailedStart extends RuntimeFailure {
  /** What was printed, and what initializers failed with. */
  override log: string;
  /** Milliseconds that initializers took. */
  readonly initializing: number;

  constructor(last: RuntimeFailure, printed: string, initializing: number) {
    super(last.code, last.message, last.errorType);
    this.payload = last.payload;
    this.log = printed;
    this.initializing = initializing;
    // Only the last attempt's error is the call's answer.
    if (this.isInitializers) this.log = this.explained;
  }

  /** Whether it was the initializer. */
  get isInitializers(): boolean {
    return initializers.has(this.code);
  }

  /** The log, ending with the error. */
  get explained(): string {
    const line = `${this.message}\n`;
    return this.log.endsWith(line) ? this.log : `${this.log}${line}`;
  }

  /** The same for a call that has waited with the one that the time is billed with. */
  unbilled(): FailedStart {
    return new FailedStart(this, this.log, 0);
  }
}
