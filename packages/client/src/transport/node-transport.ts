import { changedFetch } from "./changed-fetch.ts";

let kept: Promise<(url: string, init: RequestInit) => Promise<Response>> | undefined;

/** Sends a request over the connections that all clients of this program share, or with fetch where the program has its own. */
export async function transport(url: string, init: RequestInit): Promise<Response> {
  if (changedFetch()) return fetch(url, init);
  // Loaded at the first request, as node:http and node:https take their time.
  kept ??= import("../node/keep-alive/index.ts").then(({ keepAliveFetch }) => keepAliveFetch());
  return (await kept)(url, init);
}
