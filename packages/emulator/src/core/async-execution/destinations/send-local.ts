import { isLocalAddress } from "../../local-address.ts";
import { UndeliverableError } from "./destination.ts";

const patience = 10_000;

/** What is sent, and where. */
export interface LocalRequest {
  readonly method: "POST" | "PUT";
  /** Base address on this machine. */
  readonly base: string;
  /** Parts of the path behind it, not yet encoded. */
  readonly path: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/**
 * Sends a request to a server on this machine and to none elsewhere; redirects are not followed.
 * @throws UndeliverableError if the address is none of this machine; Error if it does not answer with 2xx within ten seconds
 */
export async function sendLocal({ method, base, path, headers, body, signal }: LocalRequest): Promise<void> {
  if (!isLocalAddress(base)) {
    throw new UndeliverableError(
      `the configured address ${base.slice(0, 200)} is none of this machine; give one with 127.0.0.1 or localhost`,
    );
  }
  const address = [base.replace(/\/+$/, ""), ...path.map(encodeURIComponent)].join("/");
  const response = await fetch(address, {
    method,
    headers: { "content-type": "application/json", ...headers },
    body,
    redirect: "error",
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${method} ${address} was answered with status ${response.status}`);
}
