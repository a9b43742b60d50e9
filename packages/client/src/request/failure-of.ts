import type { Failure } from "./retry-rules.ts";

/** Codes and texts of Node, Bun and Deno for a connection that did not come about; browsers do not tell. */
const refused = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|CONNECT_TIMEOUT|connection ?refused|\(connect\)/i;

/** Tells whether a request that fetch failed at cannot have arrived. */
export function failureOf(error: unknown): Failure {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    // `in` cannot tell the type of what it finds.
    if (refused.test(`${"code" in current ? current.code : ""} ${current.message}`)) return "refused";
  }
  return "network";
}
