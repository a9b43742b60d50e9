import { type JsonObject, objectOf, operationsOf } from "../openapi.ts";
import { operationInfo } from "../types/operations-module.ts";

/** What the client's `operations()` puts in the place of each mark; the longer begins with the shorter. */
const marks: readonly [string, string][] = [
  ["~", "/v2/{project_id}/fgs/functions/{function_urn}"],
  ["^", "/v2/{project_id}"],
];

/**
 * The table of what a client has to know at run time, one operation a line: a text takes a fifth of an object literal's bytes, and what
 * follows from the operationId, or comes again and again, is left out of it.
 */
export function operationsModule(document: JsonObject): string {
  const lines = operationsOf(document).map((entry) =>
    operationLine(entry.operationId, operationInfo(document, entry)),
  );
  return `${comment}export const operationTable: string = \`${lines.join("\n")}\`;\n`;
}

const comment = `/**
 * One operation a line: operationId, path, flags, and for lists where the items are, where the position goes and where the next one is.
 * src/methods/operation.ts reads it and tells what the marks and flags mean.
 */
`;

/** One line of the table, from a row of the table of `@functiongraph/types`. */
export function operationLine(operationId: string, info: JsonObject): string {
  const pagination = objectOf(info.pagination);
  const fields = ["items", "in", "position", "next"].map((name) => pagination[name] ?? "");
  const path = marks.reduce(
    (text, [mark, start]) => (text.startsWith(start) ? mark + text.slice(start.length) : text),
    String(info.path),
  );
  const flags = flagsOf(operationId, info) || (fields[0] ? "-" : "");
  const line = [operationId, path, flags, ...fields].join(" ").trimEnd();
  if (/[`\\]|\$\{/.test(line)) throw new Error(`${line} cannot stand in a template`);
  return line;
}

/** The method that an operationId's verb stands for. */
function verbMethod(operationId: string): string {
  const [method = "POST"] = [
    [/^(show|list|export)/, "GET"] as const,
    [/^update/, "PUT"] as const,
    [/elete/, "DELETE"] as const,
  ].flatMap(([verb, name]) => (verb.test(operationId) ? [name] : []));
  return method;
}

function flagsOf(operationId: string, info: JsonObject): string {
  const headers = listed(info.responseHeaders);
  const types = listed(info.responseContentTypes);
  const isOther = info.method !== verbMethod(operationId);
  if (isOther && info.method !== "POST")
    throw new Error(`${operationId} is ${info.method}: the table has no flag for that.`);
  // The client tells both by the path alone, for its raw calls have nothing else.
  if ((info.servers !== null) !== String(info.path).startsWith("/v3/")) {
    throw new Error(`${operationId} is at ${info.path}: the client takes /v3/, and it alone, for IAM's.`);
  }
  if ((listed(info.authentication).length === 0) !== (info.path === "/v3/auth/tokens")) {
    throw new Error(
      `${operationId}: the client takes /v3/auth/tokens, and it alone, for what needs no credentials.`,
    );
  }
  const flags: [string, boolean][] = [
    ["p", isOther],
    ["b", objectOf(info.requestBody).required === true],
    ["i", headers.includes("X-Func-Err-Code")],
    ["t", headers.includes("X-Subject-Token")],
    [
      "y",
      types.length > 0 && types.every((type) => type.startsWith("application/") && !type.endsWith("json")),
    ],
    ["n", types.length === 0],
  ];
  return flags.map(([flag, holds]) => (holds ? flag : "")).join("");
}

function listed(value: JsonObject[string] | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
