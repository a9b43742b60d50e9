type Node = Readonly<Record<string, unknown>>;

/** A description around the given parts. */
export function openapi(parts: Node): Node {
  return { openapi: "3.1.0", info: { title: "Test", version: "1.0.0" }, paths: {}, ...parts };
}

/** A description with one operation, `GET /things`. */
export function withOperation(operation: Node, components: Node = {}): Node {
  const responses = { "200": { description: "Fine." } };
  return openapi({
    paths: { "/things": { get: { operationId: "listThings", responses, ...operation } } },
    components,
  });
}

/** A description with one named schema, `Thing`. */
export function withSchema(schema: Node, others: Node = {}): Node {
  return openapi({ components: { schemas: { Thing: schema, ...others } } });
}

/** A description with one named schema that has these properties. */
export function withProperties(properties: Node, others: Node = {}): Node {
  return withSchema({ type: "object", description: "A thing.", properties }, others);
}

/** A JSON body with this schema. */
export function json(schema: Node, rest: Node = {}): Node {
  return { content: { "application/json": { schema, ...rest } } };
}
