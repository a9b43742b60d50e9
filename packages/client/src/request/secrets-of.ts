import type { AccessKeyCredentials, Credentials, TokenCredentials } from "../credentials/credentials.ts";

/** What blots the secrets of credentials out of a text: the gateway repeats the headers of a request whose signature it refuses. */
export function secretsOf(credentials: Credentials | undefined): (text: string) => string {
  // `as`: either form lacks the fields of the other.
  const { token, secretKey, securityToken } = { ...credentials } as Partial<
    AccessKeyCredentials & TokenCredentials
  >;
  return (text) =>
    [token, secretKey, securityToken].reduce<string>(
      (result, secret) => (secret ? result.replaceAll(secret, "***") : result),
      text,
    );
}
