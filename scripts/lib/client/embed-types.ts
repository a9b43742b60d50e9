/**
 * The declarations of `@functiongraph/types` that the client's own refer to, so that the installed client needs no package of types
 * beside it: file name → text. `read` gives a file of that package's `dist`.
 *
 * They are the same types in fewer bytes: without indentation, without the events that functions receive, and without the comments that
 * no method shows, those of `paths`, which repeat the methods' own, and those of the responses' statuses.
 */
export function embedTypes(
  read: (name: string) => string,
  operationIds: readonly string[],
  errorCodes: readonly string[],
): Record<string, string> {
  return {
    "index.d.ts": index,
    "other.js": read("other.js"),
    ...Object.fromEntries(
      ["binary.d.ts", "other.d.ts", "read-write.d.ts", "operation-bodies.d.ts"].map((name) => [
        name,
        read(name),
      ]),
    ),
    "generated/models.d.ts": narrow(read("generated/models.d.ts")),
    "generated/schema.d.ts": narrow(schema(read("generated/schema.d.ts"))),
    "generated/operations.d.ts": `/** Identifier of an operation. */\nexport type OperationId = ${union(operationIds)};\n`,
    "generated/errors.d.ts": `/** An error code of the service or of its gateway. */\nexport type ErrorCode = ${union(errorCodes)};\n`,
  };
}

const index = `export type { Binary } from "./binary.js";
export type { ErrorCode } from "./generated/errors.js";
export type * from "./generated/models.js";
export type { OperationId } from "./generated/operations.js";
export type { operations as OperationTypes, paths } from "./generated/schema.js";
export type { RequestBody, ResponseBody } from "./operation-bodies.js";
export type { Other } from "./other.js";
`;

function union(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(" | ");
}

function narrow(text: string): string {
  return text.replace(/^ +/gm, "");
}

const comment = /^ *\/\*\*(?:[^*]|\*(?!\/))*\*\/\n/gm;
const statusComment = new RegExp(`${comment.source}(?= *(?:\\d+|default): )`, "gm");

function schema(text: string): string {
  return text.replace(/^export interface (\w+) \{\n[\s\S]*?^\}\n/gm, (declaration, name: string) => {
    if (name === "webhooks") return "";
    if (name === "paths") return declaration.replace(comment, "");
    return name === "operations" ? declaration.replace(statusComment, "") : declaration;
  });
}
