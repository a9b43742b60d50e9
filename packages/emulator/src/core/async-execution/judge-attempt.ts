import type { InvocationOutcome } from "../invocation/contract.ts";
import { ServiceError } from "../service-error.ts";

/** What an attempt means for its request. */
export type Verdict =
  | { readonly kind: "success"; readonly payload: Uint8Array }
  /** Over, unless `again` says that another attempt may help. */
  | {
      readonly kind: "failure";
      readonly code: number;
      readonly message: string;
      readonly payload?: Uint8Array;
      readonly again: boolean;
    }
  /** It did not run, because too many do or the function is disabled. */
  | { readonly kind: "refused"; readonly code: number; readonly message: string };

/** Numbers of the runtime's table that the queue itself uses. */
export const codes: Readonly<
  Record<"cancelled" | "noFunction" | "tooMany" | "overload" | "disabled" | "internal", number>
> = {
  cancelled: 4208,
  noFunction: 150424,
  tooMany: 150429,
  overload: 150430,
  disabled: 150434,
  internal: 161900,
};

/** From here on it is the service's fault and not the function's. */
export const firstServiceCode = 10_000;

const mostMessage = 2000;

/** Judges how a call ended. @param userErrorRetries whether errors of the function are tried again like those of the service. */
export function judgeOutcome({ code, payload }: InvocationOutcome, userErrorRetries: boolean): Verdict {
  if (code === 0) return { kind: "success", payload };
  const again = code >= firstServiceCode || (userErrorRetries && code !== codes.cancelled);
  return { kind: "failure", code, message: messageOf(payload), payload, again };
}

/** Judges what `invoke` threw instead of an outcome. */
export function judgeError(error: unknown): Verdict {
  if (!(error instanceof ServiceError))
    return {
      kind: "failure",
      code: codes.internal,
      message: `internal error: ${String(error)}`,
      again: true,
    };
  const { code, message, status } = error;
  if (code === "FSS.0429") {
    return /disabled/i.test(message)
      ? { kind: "refused", code: codes.disabled, message: "function is disabled" }
      : { kind: "refused", code: codes.tooMany, message: "reach max instance num" };
  }
  if (status === 404 || status === 403)
    return { kind: "failure", code: codes.noFunction, message: "function metadata not found", again: false };
  return { kind: "failure", code: codes.internal, message: `${code} ${message}`, again: status >= 500 };
}

/** The message of an error object, or the beginning of whatever it is. */
function messageOf(payload: Uint8Array): string {
  const text = new TextDecoder().decode(payload);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && "errorMessage" in value)
      return String(value.errorMessage).slice(0, mostMessage);
  } catch {
    // Some runtimes answer with plain text.
  }
  return text.slice(0, mostMessage);
}
