import type { Credentials } from "../credentials/credentials.ts";

let sign: typeof import("../sign/index.ts").sign | undefined;

/** Adds to the headers of a request what proves who sends it, at the moment that the service's clock shows. */
export async function authenticate(
  request: { method: string; url: string; headers: Record<string, string>; body?: string | Uint8Array },
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
  // Loaded at the first signature: programs with a token need none, and bundlers make it a file of its own.
  sign ??= (await import("../sign/index.ts")).sign;
  Object.assign(headers, await sign(request, credentials, { date }));
}
