/** A request as it is about to be sent. */
export interface SignRequest {
  readonly method: string;
  /** The absolute address with its query, percent-encoded or not. */
  readonly url: string | URL;
  /** Every one of them is signed, `User-Agent` and names with `_` apart, which proxies change or drop; so must be sent as given. */
  readonly headers?: Readonly<Record<string, string>> | Iterable<readonly [string, string]> | undefined;
  /** The bytes that are sent, or the text whose UTF-8 is; nothing else may be sent in their place. */
  readonly body?: string | Uint8Array | undefined;
}

/** A permanent access key, or a temporary one with its security token. */
export interface AccessKeys {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken?: string | undefined;
}

/** Settings of one signature. */
export interface SignOptions {
  /** The moment of signing, now by default; the service compares it with its own clock. */
  readonly date?: Date | undefined;
}

/** The headers to add to the request, in place of any it has by these names. */
export interface SignatureHeaders extends Record<string, string> {
  readonly Authorization: string;
  /** The moment of signing in UTC, as `20191115T033655Z`. */
  readonly "X-Sdk-Date": string;
}
