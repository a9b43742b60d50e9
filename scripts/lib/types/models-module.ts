import { type JsonObject, objectOf } from "../openapi.ts";
import { directions, hasMarkers } from "./directions.ts";
import { docComment } from "./doc-comment.ts";

/** Names that the package exports beside its models. */
const taken = [
  "Binary",
  "ErrorCode",
  "ErrorEntry",
  "OperationErrorCode",
  "OperationId",
  "OperationInfo",
  "OperationTypes",
  "Other",
  "Pagination",
  "Readable",
  "Regions",
  "RequestBody",
  "ResponseBody",
  "Server",
  "Writable",
];

/**
 * One exported type for every named schema: as it is sent when only requests hold it, else as it is returned.
 * One that is both, with a difference, gets a second type with the ending `Input`.
 * @throws Error when a schema's name is one that the package uses itself.
 */
export function modelsModule(document: JsonObject): string {
  const { sent, returned } = directions(document);
  const schemas = objectOf(objectOf(document.components).schemas);
  const exports = Object.entries(schemas).flatMap(([name, schema]) => {
    const { description, deprecated } = objectOf(schema);
    const comment = docComment([description, deprecated ? "@deprecated" : ""].filter(Boolean).join("\n\n"));
    const source = `components["schemas"]["${name}"]`;
    const declare = (as: string, type: string) => `${comment}export type ${checked(as)} = ${type};\n`;
    if (!hasMarkers(document, name)) return [declare(name, source)];
    if (sent.has(name) && !returned.has(name)) return [declare(name, `Writable<${source}>`)];
    const input = sent.has(name) ? [declare(`${name}Input`, `Writable<${source}>`)] : [];
    return [declare(name, `Readable<${source}>`), ...input];
  });
  return [
    'import type { Readable, Writable } from "../read-write.js";',
    'import type { components } from "./schema.js";\n',
    ...exports,
  ].join("\n");

  function checked(name: string): string {
    if (
      taken.includes(name) ||
      (name.endsWith("Input") && name in schemas && hasMarkers(document, name.slice(0, -"Input".length)))
    ) {
      throw new Error(
        `The schema ${name} has a name that @functiongraph/types needs itself: name it otherwise.`,
      );
    }
    return name;
  }
}
