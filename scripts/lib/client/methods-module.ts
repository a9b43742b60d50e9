import { type JsonObject, listOf, type OperationEntry, objectOf, operationsOf } from "../openapi.ts";
import { docComment } from "../types/doc-comment.ts";

/** The interface of the client's methods: one for each operation, with a comment to read while typing. */
export function methodsModule(document: JsonObject): string {
  const entries = operationsOf(document);
  const methods = entries.map(
    (entry) => `${docComment(commentOf(entry), "  ")}  readonly ${entry.operationId}: ${typeOf(entry)};\n`,
  );
  const used = ["InvokeMethod", "Method", "PagedMethod"].filter((name) =>
    methods.some((text) => text.includes(`: ${name}`)),
  );
  return [
    `import type { ${used.join(", ")} } from "../methods/method.ts";\n`,
    "/** One method for every operation, by its operationId. */",
    `export interface FunctionGraphMethods {\n${methods.join("\n")}}\n`,
  ].join("\n");
}

/** Summary, first paragraph, own error codes, and what to use instead of a deprecated operation. */
export function commentOf({ operation, method, path }: OperationEntry): string {
  const codes = listOf(operation["x-fg-errors"]).map(String);
  const replacement = operation["x-fg-replacement"];
  const paragraph =
    String(operation.description ?? "")
      .trim()
      .split(/\n\s*\n/)[0] ?? "";
  const blocks = [
    `${operation.summary}.`,
    wrap(paragraph),
    `\`${method.toUpperCase()} ${path}\``,
    codes.length > 0
      ? wrap(`Errors of its own: ${codes.join(", ")}; \`remedy()\` of the error tells what helps.`)
      : "",
    operation.deprecated === true
      ? `@deprecated${typeof replacement === "string" && replacement !== "none" ? ` Use \`${replacement}\`.` : ""}`
      : "",
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

function typeOf({ operationId, operation }: OperationEntry): string {
  const { items } = objectOf(operation["x-fg-pagination"]);
  if (typeof items === "string") return `PagedMethod<"${operationId}", "${items}">`;
  return operationId === "invokeFunction" ? "InvokeMethod" : `Method<"${operationId}">`;
}

/** Breaks a paragraph into lines of at most 120 characters. */
function wrap(text: string): string {
  const lines: string[] = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + word.length >= 120) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n");
}
