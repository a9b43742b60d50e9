/** A module that loads the module of an operation from a folder when it is first asked for. */
export function loadersModule(folder: "requests" | "responses", ids: readonly string[]): string {
  const type = folder === "requests" ? "RequestModule" : "ResponseModule";
  const file = folder === "requests" ? "request-module" : "response-module";
  return [
    "// @ts-nocheck the compiled modules are JavaScript without declarations",
    "// Made from the OpenAPI description by scripts/compile-validators.ts: change the description, not this file.",
    'import type { OperationId } from "@functiongraph/types";',
    `import type { ${type} } from "../http/validation/${file}.ts";`,
    "",
    `export const ${folder}: { readonly [Id in OperationId]: () => Promise<unknown> } = {`,
    ...ids.map((id) => `  ${id}: () => import("./${folder}/${id}.js"),`),
    "};",
    "",
    `/** The compiled module of an operation; the same one each time. */`,
    `export async function load${type}(id: OperationId): Promise<${type}> {`,
    "  // The folder's modules are written together with this one and export what the type says.",
    `  return (await ${folder}[id]()) as ${type};`,
    "}",
    "",
  ].join("\n");
}
