import type { Clock } from "../clock.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { ValidationError } from "../errors/validation-error.ts";
import { startDeadline } from "../request/deadline.ts";
import type {
  AccessKeyCredentials,
  Credentials,
  CredentialsProvider,
  TokenCredentials,
} from "./credentials.ts";

/** Keeps the credentials of a client and renews them. */
export interface CredentialsStore {
  get(): Promise<Credentials>;
  /** Others in place of those that were refused; undefined when there can be none. */
  renew(refused: Credentials): Promise<Credentials> | undefined;
}

/** Renewed so long before they end, in milliseconds, since a request takes its time and clocks differ. */
const margin = 120_000;

/** A store for credentials, for what gets them within a time, or for none. */
export function credentialsStore(
  source: Credentials | CredentialsProvider | "none",
  clock: Clock,
  timeout: number,
): CredentialsStore {
  if (typeof source !== "function") {
    if (source !== "none" && !isComplete(source)) {
      throw new ValidationError("credentials", "pass an access key, a token or a provider");
    }
    return {
      async get() {
        if (source !== "none") return source;
        throw new CredentialsError("The client has no credentials.");
      },
      renew: () => undefined,
    };
  }

  let kept: Credentials | undefined;
  let pending: Promise<Credentials> | undefined;
  const lastsFor = (time: number): boolean => !!kept && !(Number(kept.expiresAt) <= clock.now() + time);
  const load = async (refresh: boolean): Promise<Credentials> => {
    // A time of its own, since it is for many calls, each with its own.
    const deadline = startDeadline(clock, "credentials", timeout);
    try {
      const got = await deadline.race(source({ refresh, signal: deadline.signal }));
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

function isComplete(value: Partial<AccessKeyCredentials & TokenCredentials> | null | undefined): boolean {
  return !!(value?.token || (value?.accessKey && value.secretKey));
}
