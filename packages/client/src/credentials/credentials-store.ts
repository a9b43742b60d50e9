import type { Clock } from "../clock.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { ValidationError } from "../errors/validation-error.ts";
import { startDeadline } from "../request/deadline.ts";
import { once } from "../request/once.ts";
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

  const provided = once(async () =>
    // Loaded for providers only, as bundlers make it a file of its own.
    (await import("./provided-credentials.ts")).providedCredentials({
      provider: source,
      now: () => clock.now(),
      startDeadline: () => startDeadline(clock, "credentials", timeout),
      isComplete,
    }),
  );
  return {
    get: async () => (await provided()).get(),
    renew: async (refused) => (await provided()).renew(refused),
  };
}

function isComplete(value: Partial<AccessKeyCredentials & TokenCredentials> | null | undefined): boolean {
  return !!(value?.token || (value?.accessKey && value.secretKey));
}
