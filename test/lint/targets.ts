import { arrayAt, type Draft, draftsIn, found, isDraft, objectAt } from "./draft.ts";

const METHODS: readonly string[] = ["get", "post", "put", "patch", "delete"];

/** What every new operation, parameter or property needs to break no other rule. */
export const EDITIONS = { "x-fg-editions": ["hwc-2023"] } as const;

export interface Operation {
  readonly url: string;
  readonly pathItem: Draft;
  readonly method: string;
  readonly node: Draft;
}

export function operations(document: Draft): readonly Operation[] {
  return draftsIn(objectAt(document, "paths")).flatMap(([url, pathItem]) =>
    draftsIn(pathItem)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, node]) => ({ url, pathItem, method, node })),
  );
}

/** An operation that lists, has a simple URL and needs no request body. */
export function listOperation(document: Draft): Operation {
  const fits = ({ url, method, node }: Operation): boolean => {
    return (
      method === "get" &&
      /^\/v2\/\{project_id\}\/fgs\/[a-z]+$/.test(url) &&
      String(node.operationId).startsWith("list")
    );
  };
  return found(operations(document).find(fits), "list operation");
}

/** Adds an operation like the first list operation, under a URL and an operationId of its own, and returns it to be broken. */
export function addOperation(document: Draft, url: string = "/v2/{project_id}/fgs/probes"): Operation {
  const model = listOperation(document);
  const pathItem = structuredClone(model.pathItem);
  for (const method of METHODS) if (method !== "get") delete pathItem[method];
  const node = objectAt(pathItem, "get");
  node.operationId = "listProbes";
  objectAt(document, "paths")[url] = pathItem;
  return { url, pathItem, method: "get", node };
}

/** Adds a query parameter to an operation; the given fields are added to a faultless one. */
export function addParameter(document: Draft, fields: Draft): Draft {
  const { node } = listOperation(document);
  const parameter: Draft = {
    name: "probe",
    in: "query",
    description: "A probe.",
    schema: { type: "string" },
    ...EDITIONS,
    ...fields,
  };
  node.parameters = [...(Array.isArray(node.parameters) ? node.parameters : []), parameter];
  return parameter;
}

/** Adds a property to a schema that the list operation answers with; the given fields are added to a faultless one. */
export function addProperty(document: Draft, fields: Draft, name: string = "probe"): Draft {
  const [, schema] = found(
    draftsIn(objectAt(document, "components", "schemas")).find(
      ([key, node]) => /^List.*Response$/.test(key) && isDraft(node.properties),
    ),
    "schema of a list response",
  );
  const property: Draft = { description: "A probe.", ...EDITIONS, ...fields };
  objectAt(schema, "properties")[name] = property;
  return property;
}

/** The media type `application/json` of the first list operation's success response. */
export function listMedia(document: Draft): Draft {
  return objectAt(listOperation(document).node, "responses", "200", "content", "application/json");
}

/** Adds a server; the given fields are added to a faultless one. */
export function addServer(document: Draft, fields: Draft): void {
  arrayAt(document, "servers").push({ description: "A probe.", ...fields });
}

/** A parameter of the bundle, where the operation references it. */
export function resolveParameter(document: Draft, node: unknown): Draft {
  if (!isDraft(node)) throw new Error("A parameter is no object.");
  const ref = node.$ref;
  return typeof ref === "string" ? objectAt(document, ...ref.slice(2).split("/")) : node;
}
