import { reasonOf } from "./reason-of.ts";
import type { Failure } from "./retry-rules.ts";

/** What Node, Bun and Deno say of a connection that did not come about; browsers do not tell. */
const refused =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|connect timeout|connection ?refused|unable to connect|\(connect\)/i;

/** What an error of fetch stands for in the retry rules. */
export function failureOf(error: unknown): Failure {
  const reason = reasonOf(error);
  // It would be one again.
  return /redirect/i.test(reason) ? 302 : refused.test(reason) ? "refused" : "network";
}
