import type { Clock } from "../clock.ts";
import type { Credentials, CredentialsProvider } from "./credentials.ts";

/** The longest time before their end at which credentials are renewed; short-lived ones are in the last tenth of their life. */
const margin = 5 * 60_000;

/** Keeps what a provider gives until shortly before it expires, and asks once for any number of callers that wait. */
export function cached(load: () => Promise<Credentials>, clock: Clock): CredentialsProvider {
  let kept: Credentials | undefined;
  let renewal = 0;
  let loading: Promise<Credentials> | undefined;

  async function renew(): Promise<Credentials> {
    const asked = clock.now();
    try {
      kept = await load();
      const end = kept.expiresAt?.getTime() ?? asked;
      renewal = end - Math.min(margin, (end - asked) / 10);
      return kept;
    } finally {
      loading = undefined;
    }
  }

  return async ({ signal, refresh } = {}) => {
    signal?.throwIfAborted();
    if (kept && !refresh && clock.now() < renewal) return kept;
    loading ??= renew();
    return signal ? raceSignal(loading, signal) : loading;
  };
}

/** One caller who gives up does not end the request that others wait for. */
function raceSignal<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
