/** An access key, permanent or temporary, with which every request is signed. */
export interface AccessKeyCredentials {
  readonly accessKey: string;
  readonly secretKey: string;
  /** Belongs to a temporary key. */
  readonly securityToken?: string | undefined;
  /** When a temporary key ends; the client asks its provider for the next one before that. */
  readonly expiresAt?: Date | undefined;
}

/** A user token of IAM, which is sent as it is. */
export interface TokenCredentials {
  readonly token: string;
  /** When the token ends, 24 hours after it was made unless it is revoked; the client asks its provider for the next one before that. */
  readonly expiresAt?: Date | undefined;
}

/** What a request is authenticated with. */
export type Credentials = AccessKeyCredentials | TokenCredentials;

/** What a provider may want to know. */
export interface CredentialsContext {
  /** Aborted when nobody waits for the credentials any more. */
  readonly signal?: AbortSignal | undefined;
  /** True when the service refused what the provider gave last: it must not be given again from a cache. */
  readonly refresh?: boolean | undefined;
}

/** Gets credentials when they are needed: at the first request, before they expire, and once after a refusal. */
export type CredentialsProvider = (context?: CredentialsContext) => Promise<Credentials>;
