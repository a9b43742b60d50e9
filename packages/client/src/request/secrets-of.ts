import type { Credentials } from "../credentials/credentials.ts";

/** What blots the secrets of credentials out of a text: the gateway repeats the headers of a request whose signature it refuses. */
export function secretsOf(credentials: Credentials | undefined): (text: string) => string {
  return (text) => {
    if (!credentials) return text;
    const secrets =
      "token" in credentials ? [credentials.token] : [credentials.secretKey, credentials.securityToken];
    return secrets.reduce<string>(
      (result, secret) => (secret ? result.replaceAll(secret, "***") : result),
      text,
    );
  };
}
