import type { ErrorCode } from "@functiongraph/types/errors";

/** An answer ready to be sent. */
export interface OutgoingResponse {
  readonly status: number;
  /** Without Content-Type and Content-Length, which follow from the body. The texts of a list are sent as one header each. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Absent when there is no body at all. */
  readonly body?: Uint8Array | string;
  /** A body that is made while it is sent; instead of `body`. */
  readonly stream?: AsyncIterable<Uint8Array>;
  readonly contentType?: string;
  /** For logs and checks. */
  readonly errorCode?: ErrorCode;
}
