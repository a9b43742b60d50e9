import type { Clock } from "../clock.ts";
import { CredentialsError } from "../errors/credentials-error.ts";

/** How a provider sends its requests. */
export interface ExchangeSettings {
  /** The provider that asks, for messages. */
  readonly source: string;
  readonly fetch: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  readonly clock: Clock;
  /** Milliseconds until an answer must have come whole. */
  readonly timeout: number;
}

/** An answer whose body has been read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends one request and reads the answer; throws a CredentialsError when none comes. */
export async function exchange(
  { source, fetch, clock, timeout }: ExchangeSettings,
  url: string,
  init: RequestInit,
): Promise<Answer> {
  const controller = new AbortController();
  const late = new Error(`no answer within ${timeout} ms`);
  const cancel = clock.after(timeout, () => controller.abort(late));
  try {
    // Looked up at the call: programs may replace it.
    const response = await (fetch ?? globalThis.fetch)(url, {
      ...init,
      redirect: "error",
      signal: controller.signal,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (cause) {
    const { origin } = new URL(url);
    const problem = cause === late ? late.message : "the connection failed";
    throw new CredentialsError(`${source}: ${problem} (${origin}); check the address and the network`, {
      cause,
    });
  } finally {
    cancel();
  }
}
