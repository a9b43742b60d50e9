import { errors } from "@functiongraph/types/errors";
import { loadResponseModule } from "../../generated/responses.ts";
import type { OutgoingResponse } from "../outgoing-response.ts";
import type { Route } from "../routing/route.ts";
import { describeFault } from "./describe-fault.ts";
import type { DeclaredResponse } from "./response-module.ts";

/** Headers that every HTTP answer may have; the description lists the others. */
const general = new Set(["content-type", "content-length", "vary", "allow", "connection"]);

/** Holds an answer against the description. Returns what is wrong with it, nothing when it is right. */
export async function validateResponse(route: Route, response: OutgoingResponse): Promise<string[]> {
  const { responses } = await loadResponseModule(route.id);
  const exact = responses[String(response.status)];
  // "default" stands for other failures, never for another success.
  const declared = exact ?? (response.status >= 400 ? responses.default : undefined);
  if (!declared) return [`Status ${response.status} is not declared.`];
  const problems: string[] = [];
  const names = Object.keys(response.headers).map((name) => name.toLowerCase());
  for (const name of names) {
    if (!general.has(name) && !(name in declared.headers))
      problems.push(`The header ${name} is not declared.`);
  }
  for (const [name, required] of Object.entries(declared.headers)) {
    if (required && !names.includes(name)) problems.push(`The required header ${name} is missing.`);
  }
  return [
    ...problems,
    ...contentProblems(declared.content, response),
    ...codeProblems(route, response, exact !== undefined),
  ];
}

function contentProblems(content: DeclaredResponse["content"], response: OutgoingResponse): string[] {
  const types = Object.keys(content);
  if (response.body === undefined)
    return types.length > 0 ? [`The body is missing; ${types.join(" or ")} is declared.`] : [];
  const type = (response.contentType ?? "").split(";")[0]?.trim() ?? "";
  if (!types.includes(type))
    return [
      `A body of type ${type || "none"} is not declared${types.length > 0 ? `; ${types.join(" or ")} is` : ""}.`,
    ];
  const validator = content[type];
  if (!validator) return [];
  const value = parsed(response);
  if (value === undefined) return ["The body is declared as JSON and is none."];
  if (validator(value)) return [];
  const faults = validator.errors ?? [];
  const extra = faults.find((fault) => fault.keyword === "additionalProperties");
  if (extra)
    return [
      `The property ${extra.params.additionalProperty} at "${extra.instancePath}" of the body is not declared.`,
    ];
  return [describeFault(faults, value, () => true).sentence];
}

function parsed(response: OutgoingResponse): unknown {
  try {
    return JSON.parse(Buffer.from(response.body ?? "").toString("utf8"));
  } catch {
    return undefined;
  }
}

/** A documented status comes with the codes that the operation declares; "default" takes all of the catalogue. */
function codeProblems(route: Route, response: OutgoingResponse, exact: boolean): string[] {
  const code = response.errorCode;
  if (!exact || code === undefined || route.tag === "iam") return [];
  if (errors[code].common || route.errors.includes(code)) return [];
  return [`The error code ${code} is not declared.`];
}
