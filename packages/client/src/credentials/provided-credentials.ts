import { CredentialsError } from "../errors/credentials-error.ts";
import type { Deadline } from "../request/deadline.ts";
import type { Credentials, CredentialsProvider } from "./credentials.ts";

/** Renewed so long before they end, in milliseconds, since a request takes its time and clocks differ. */
const margin = 120_000;

/** What a store of a provider's credentials works with. */
export interface Provided {
  readonly provider: CredentialsProvider;
  readonly now: () => number;
  /** Starts the time that the provider has. */
  readonly startDeadline: () => Deadline;
  readonly isComplete: (credentials: Credentials) => boolean;
}

/** Keeps what a provider gives, and asks it again in time. */
export interface ProvidedCredentials {
  get(): Promise<Credentials>;
  /** Others in place of those that were refused. */
  renew(refused: Credentials): Promise<Credentials>;
}

/** A store for what a provider gives. */
export function providedCredentials({
  provider,
  now,
  startDeadline,
  isComplete,
}: Provided): ProvidedCredentials {
  let kept: Credentials | undefined;
  let pending: Promise<Credentials> | undefined;
  const lastsFor = (time: number): boolean => !!kept && !(Number(kept.expiresAt) <= now() + time);
  const load = async (refresh: boolean): Promise<Credentials> => {
    // A time of its own, since it is for many calls, each with its own.
    const deadline = startDeadline();
    try {
      const got = await deadline.race(provider({ refresh, signal: deadline.signal }));
      if (!isComplete(got)) throw new CredentialsError("The provider gave no credentials.");
      kept = got;
      return got;
    } catch (cause) {
      // Those that will be renewed soon are still good.
      if (!refresh && kept && lastsFor(0)) return kept;
      if (cause instanceof CredentialsError) throw cause;
      throw new CredentialsError("The provider failed.", { cause });
    } finally {
      deadline.clear();
    }
  };
  const loadOnce = (refresh: boolean): Promise<Credentials> => {
    pending ??= load(refresh).finally(() => {
      pending = undefined;
    });
    return pending;
  };
  return {
    get: () => (kept && lastsFor(margin) ? Promise.resolve(kept) : loadOnce(false)),
    renew: (refused) => (kept && kept !== refused ? Promise.resolve(kept) : loadOnce(true)),
  };
}
