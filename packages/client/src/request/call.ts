import type { CallOptions } from "../client-options.ts";
import type { Operation } from "../methods/operation.ts";

/** One call of a method on its way: what the method tells the sender, and the sender the method. */
export interface Call {
  readonly operation: Operation;
  readonly options: CallOptions;
  /** The operation's own headers. */
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  /** The body of the answer, which has been read. */
  readonly answer?: string | Uint8Array<ArrayBuffer>;
  /** Method and path of the request as it was sent. */
  readonly target?: string;
  /** Blots out in a text what the request was authenticated with. */
  readonly redact?: (text: string) => string;
}
