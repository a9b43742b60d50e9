import { type ErrorCode, errors } from "@functiongraph/types/errors";

/** A refusal as the service words it. Every code comes from the error catalogue, and its status with it. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  /**
   * @param message what the answer says; without it the wording seen in real answers, else that of the service's error table.
   */
  constructor(code: ErrorCode, message?: string, details?: Readonly<Record<string, unknown>>) {
    const entry = errors[code];
    super(message ?? entry.wireMessages?.[0] ?? entry.message ?? code);
    this.code = code;
    this.status = entry.status ?? 500;
    this.details = details;
  }
}
