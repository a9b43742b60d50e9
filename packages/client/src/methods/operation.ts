import { operationTable } from "../generated/operations.ts";

/** What the client has to know of an operation to call it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With parameters in braces. */
  readonly path: string;
  /** `p` is POST against its verb, `b` needs a body; the answer is `i` a run's, `t` a token, `y` bytes, `n` nothing, else JSON. */
  readonly flags: string;
  /** Where the items of a list are: names with dots between, `$` for the answer itself; empty when it is no list. */
  readonly items: string;
  /** Where the position of a page goes, `query` or `body`; empty when a list comes whole. */
  readonly place: string;
  readonly position: string;
  /** Where the answer has the next position; empty when that is this one and the number of items. */
  readonly next: string;
}

let known: readonly Operation[] | undefined;

/** All operations, read from the generated table when they are first asked for. */
export function operations(): readonly Operation[] {
  known ??= operationTable.split("\n").map((line) => {
    const [id = "", start = "", flags = "", items = "", place = "", position = "", next = ""] =
      line.split(" ");
    const path = start.replace("~", "^/fgs/functions/{function_urn}").replace("^", "/v2/{project_id}");
    const verb = flags.includes("p") ? "" : id;
    const method = /^(show|list|export)/.test(verb)
      ? "GET"
      : /^update/.test(verb)
        ? "PUT"
        : /elete/.test(verb)
          ? "DELETE"
          : "POST";
    return { id, method, path, flags, items, place, position, next };
  });
  return known;
}
