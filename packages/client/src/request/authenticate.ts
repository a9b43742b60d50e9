import type { Credentials } from "../credentials/credentials.ts";
import { sign } from "../sign/sign.ts";

/** Adds to the headers of a request what proves who sends it, at the moment that the service's clock shows. */
export async function authenticate(
  request: { method: string; url: string; headers: Record<string, string>; body?: string | Uint8Array | undefined },
  credentials: Credentials,
  date: Date,
): Promise<void> {
  const { url, headers } = request;
  if ("token" in credentials) {
    headers["x-auth-token"] = credentials.token;
    return;
  }
  const project = /\/v2\/([^/?]+)/.exec(url)?.[1];
  if (project) headers["x-project-id"] = project;
  Object.assign(headers, await sign(request, credentials, { date }));
}
