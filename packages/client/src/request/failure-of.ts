import { reasonOf } from "./reason-of.ts";
import type { Failure } from "./retry-rules.ts";

/** What Node, Bun and Deno say of a connection that did not come about; browsers do not tell. */
const refused =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|connect timeout|connection ?refused|unable to connect|\(connect\)/i;

/** What an error of fetch stands for in the retry rules. */
export function failureOf(error: unknown): Failure {
  return refused.test(reasonOf(error)) ? "refused" : "network";
}
