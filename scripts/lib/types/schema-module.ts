import openapiTS, { astToString, type OpenAPI3, type SchemaObject } from "openapi-typescript";
import ts from "typescript";
import type { JsonObject } from "../openapi.ts";
import { prepare, typeSource } from "./prepare.ts";

/** The types of paths, operations, webhooks and components, as openapi-typescript names them. */
export async function schemaModule(document: JsonObject): Promise<string> {
  // The bundle is a valid OpenAPI 3.1 document (the lint proves it); its JSON type does not say so.
  const source = prepare(document) as unknown as OpenAPI3;
  const nodes = await openapiTS(source, {
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    readWriteMarkers: true,
    silent: true,
    inject: imports,
    transform: markedType,
  });
  return astToString(nodes.filter((node) => !isHelper(node)));
}

const imports = [
  'import type { Binary } from "../binary.js";',
  'import type { Other } from "../other.js";',
  'import type { $Read, $Write } from "../read-write.js";',
].join("\n");

/**
 * openapi-typescript brings its own forms of these, which take an open enumeration for an object;
 * src/read-write.ts has better ones.
 */
function isHelper(node: ts.Node): boolean {
  return (
    ts.isTypeAliasDeclaration(node) && ["$Read", "$Write", "Readable", "Writable"].includes(node.name.text)
  );
}

function markedType(schema: SchemaObject): ts.TypeNode | undefined {
  const text: unknown = Reflect.get(schema, typeSource);
  return typeof text === "string" ? parseType(text) : undefined;
}

/** Nodes without positions, as the printer cannot take the text of nodes from another source file. */
function parseType(text: string): ts.TypeNode {
  const file = ts.createSourceFile("type.ts", `type T = ${text};`, ts.ScriptTarget.ES2022, false);
  const [statement] = file.statements;
  if (!statement || !ts.isTypeAliasDeclaration(statement)) throw new Error(`No type: ${text}`);
  return detach(statement.type);
}

function detach<T extends ts.Node>(node: T): T {
  const visit = (child: ts.Node): ts.Node => {
    if (ts.isStringLiteral(child)) return ts.factory.createStringLiteral(child.text);
    if (ts.isIdentifier(child)) return ts.factory.createIdentifier(child.text);
    return ts.setTextRange(ts.visitEachChild(child, visit, undefined), { pos: -1, end: -1 });
  };
  // Visiting a node gives a node of its own kind here: nothing is replaced by another kind.
  return visit(node) as T;
}
