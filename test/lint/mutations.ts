import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { arrayAt, type Draft, draftsIn, found, isDraft, objectAt, renameKey } from "./draft.ts";
import { root } from "./lint-config.ts";
import {
  addOperation,
  addParameter,
  addProperty,
  addServer,
  EDITIONS,
  listMedia,
  listOperation,
  operations,
  resolveParameter,
} from "./targets.ts";

/** Breaks one rule, and only that one, in the bundled description. */
export type Mutation = (document: Draft) => void;

const QUOTAS = "/v2/{project_id}/fgs/quotas";
const string = { type: "string" };

/** One mutation for each rule that can be broken in the bundle, Redocly's first. */
export const bundleMutations: Readonly<Record<string, Mutation>> = {
  "array-parameter-serialization": (document) => {
    addParameter(document, { schema: { type: "array", items: string } });
  },
  "component-name-unique": (document) => {
    const schemas = objectAt(document, "components", "schemas");
    const [owner, schema] = found(
      draftsIn(schemas).find(([, node]) => isDraft(node.properties) && inlineProperty(node) !== undefined),
      "schema with an inline property",
    );
    const name = found(inlineProperty(schema), "inline property");
    schemas[name] = { type: "string", description: "A probe." };
    addProperty(document, { $ref: `#/components/schemas/${name}` });
    addProperty(document, { $ref: `#/components/schemas/${owner}/properties/${name}` }, "probe_too");
  },
  "info-license": (document) => {
    delete objectAt(document, "info").license;
  },
  "info-license-strict": (document) => {
    objectAt(document, "info").license = { name: "Apache-2.0" };
  },
  "no-duplicated-enum-values": (document) => {
    addProperty(document, { type: "string", enum: ["a", "a"], "x-fg-open-enum": false });
  },
  "no-duplicated-tag-names": (document) => {
    const tags = arrayAt(document, "tags");
    tags.push(structuredClone(tags.at(-1)));
  },
  "no-empty-servers": (document) => {
    document.servers = [];
  },
  "no-enum-type-mismatch": (document) => {
    addProperty(document, { type: "string", enum: [1], "x-fg-open-enum": false });
  },
  "no-http-verbs-in-paths": (document) =>
    renameKey(objectAt(document, "paths"), QUOTAS, "/v2/{project_id}/fgs/get-quotas"),
  "no-identical-paths": (document) => {
    const { pathItem } = addOperation(document, "/v2/{project}/fgs/quotas");
    pathItem.parameters = [
      { name: "project", in: "path", required: true, description: "A probe.", schema: string, ...EDITIONS },
    ];
  },
  "no-illogical-composition-keywords": (document) => {
    addProperty(document, { allOf: [string, string] });
  },
  "no-invalid-media-type-examples": (document) => {
    listMedia(document).examples = {
      ...objectAt(listMedia(document), "examples"),
      probe: { value: { no_such_field: 1 } },
    };
  },
  "no-invalid-parameter-examples": (document) => {
    addParameter(document, { example: 5 });
  },
  "no-invalid-schema-examples": (document) => {
    addProperty(document, { type: "string", examples: [5] });
  },
  "no-mixed-number-range-constraints": (document) => {
    addProperty(document, { type: "integer", minimum: 1, exclusiveMinimum: 0 });
  },
  "no-path-trailing-slash": (document) => renameKey(objectAt(document, "paths"), QUOTAS, `${QUOTAS}/`),
  "no-required-schema-properties-undefined": (document) => {
    addProperty(document, { type: "object", required: ["ghost"], properties: {} });
  },
  "no-schema-type-mismatch": (document) => {
    addProperty(document, { type: "string", items: string });
  },
  "no-server-example.com": (document) => addServer(document, { url: "https://example.com" }),
  "no-server-trailing-slash": (document) => addServer(document, { url: "https://probe.invalid/" }),
  "no-server-variables-empty-enum": (document) => {
    const zone = { default: "a", enum: ["b"], description: "A probe." };
    addServer(document, { url: "https://{zone}.invalid", variables: { zone } });
  },
  "no-undefined-server-variable": (document) => addServer(document, { url: "https://{zone}.invalid" }),
  "no-unresolved-refs": (document) => {
    addProperty(document, { $ref: "#/components/schemas/NoSuchSchema" });
  },
  "no-unsafe-markdown": (document) => {
    addProperty(document, { type: "string", description: "Ends with <script> at work." });
  },
  "no-unused-components": (document) => {
    objectAt(document, "components", "schemas").NeverUsed = { type: "string", description: "A probe." };
  },
  "operation-2xx-response": (document) => {
    const { node } = addOperation(document);
    renameKey(objectAt(node, "responses"), "200", "302");
    delete node["x-fg-pagination"];
    node.operationId = "showProbe";
  },
  "operation-4xx-response": (document) => {
    const responses = objectAt(addOperation(document).node, "responses");
    for (const status of Object.keys(responses)) if (status.startsWith("4")) delete responses[status];
  },
  "operation-description": (document) => {
    delete addOperation(document).node.description;
  },
  "operation-operationId": (document) => {
    delete addOperation(document).node.operationId;
  },
  "operation-operationId-unique": (document) => {
    addOperation(document).node.operationId = listOperation(document).node.operationId;
  },
  "operation-operationId-url-safe": (document) => {
    addOperation(document).node.operationId = "listProbes{}";
  },
  "operation-parameters-unique": (document) => {
    addParameter(document, {});
    addParameter(document, {});
  },
  "operation-singular-tag": (document) => {
    addOperation(document).node.tags = ["functions", "quotas"];
  },
  "operation-summary": (document) => {
    delete addOperation(document).node.summary;
  },
  "operation-tag-defined": (document) => {
    addOperation(document).node.tags = ["no-such-tag"];
  },
  "parameter-description": (document) => {
    delete addParameter(document, {}).description;
  },
  "path-declaration-must-exist": (document) => {
    addOperation(document, "/v2/{project_id}/fgs/{}/probes");
  },
  "path-http-verbs-order": (document) => {
    const [url, pathItem] = found(
      draftsIn(objectAt(document, "paths")).find(([, node]) => "get" in node && "delete" in node),
      "path with GET and DELETE",
    );
    objectAt(document, "paths")[url] = Object.fromEntries(Object.entries(pathItem).reverse());
  },
  "path-not-include-query": (document) => {
    addOperation(document, "/v2/{project_id}/fgs/probes?kind=a");
  },
  "path-parameters-defined": (document) => {
    addOperation(document, "/v2/{project_id}/fgs/{probe}/probes");
  },
  "request-mime-type": (document) => {
    addOperation(document).node.requestBody = {
      description: "A probe.",
      content: { "text/csv": { schema: string, example: "a" } },
    };
  },
  "response-mime-type": (document) => {
    objectAt(listOperation(document).node, "responses", "200", "content")["text/csv"] = {
      schema: string,
      example: "a",
    };
  },
  "security-defined": (document) => {
    addOperation(document).node.security = [{ noSuchScheme: [] }];
  },
  "security-scopes-defined": (document) => {
    const clientCredentials = { tokenUrl: "https://probe.invalid/token", scopes: { read: "Reads." } };
    objectAt(document, "components", "securitySchemes").probe = {
      type: "oauth2",
      description: "A probe.",
      flows: { clientCredentials },
    };
    addOperation(document).node.security = [{ probe: ["write"] }];
  },
  "spec-components-invalid-map-name": (document) => {
    objectAt(document, "components", "schemas")["Bad+Name"] = { type: "string", description: "A probe." };
    addProperty(document, { $ref: "#/components/schemas/Bad+Name" });
  },
  "spec-example-values": (document) => {
    addParameter(document, {
      examples: { probe: { value: "", externalValue: "https://probe.invalid/a.txt" } },
    });
  },
  "spec-ref-siblings": (document) => {
    const { pathItem } = addOperation(document);
    const reference = arrayAt(pathItem, "parameters").find((node) => isDraft(node) && "$ref" in node);
    if (!isDraft(reference)) throw new Error("The list operation references no parameter.");
    reference.required = true;
  },
  "spec-strict-refs": (document) => {
    const zone = { default: "a", description: "A probe." };
    // The reference comes first: Redocly looks at an object only where it meets it for the first time.
    addServer(document, {
      url: "https://{zone}.one.invalid",
      variables: { zone: { $ref: `#/servers/${arrayAt(document, "servers").length + 1}/variables/zone` } },
    });
    addServer(document, { url: "https://{zone}.two.invalid", variables: { zone } });
  },
  struct: (document) => {
    listOperation(document).node.noSuchField = true;
  },
  "tag-description": (document) => {
    const [tag] = arrayAt(document, "tags");
    if (isDraft(tag)) delete tag.description;
  },
  "tags-alphabetical": (document) => {
    arrayAt(document, "tags").reverse();
  },

  "fg/no-ref-under-method": (document) => {
    const { pathItem } = addOperation(document);
    pathItem.get = { $ref: `#/paths/${QUOTAS.replaceAll("/", "~1")}/get` };
  },
  "fg/operation-id-verb-object": (document) => {
    addOperation(document).node.operationId = "fetchProbes";
  },
  "fg/response-example": (document) => {
    objectAt(listOperation(document).node, "responses", "200", "content")["text/plain"] = { schema: string };
  },
  "fg/response-request-id": (document) => {
    objectAt(addOperation(document).node, "responses")["204"] = { description: "Nothing to say." };
  },
  "fg/error-example-from-catalogue": (document) => {
    const content = objectAt(
      document,
      "components",
      "responses",
      "BadRequest",
      "content",
      "application/json",
    );
    content.examples = {
      ...objectAt(content, "examples"),
      probe: { value: { error_code: "FSS.9999", error_msg: "No such code." } },
    };
  },
  "fg/list-declares-pagination": (document) => {
    delete addOperation(document).node["x-fg-pagination"];
  },
  "fg/deprecation-names-replacement": (document) => {
    addOperation(document).node.deprecated = true;
  },
  "fg/editions-present": (document) => {
    delete addOperation(document).node["x-fg-editions"];
  },
  "fg/known-extensions": (document) => {
    addOperation(document).node["x-fg-unknown"] = true;
  },
  "fg/enum-open-or-closed": (document) => {
    addProperty(document, { type: "string", enum: ["a"] });
  },
  "fg/no-inline-union": (document) => {
    addProperty(document, { oneOf: [string, { type: "integer" }] });
  },
  "fg/string-bounds": (document) => {
    delete boundedSchema(document).maxLength;
  },
  "fg/secrets-marked": (document) => {
    addProperty(document, { type: "string" }, "probe_password");
  },
  "fg/prose": (document) => {
    addProperty(document, { type: "string", description: "A probe without a period" });
  },
};

function inlineProperty(schema: Draft): string | undefined {
  return draftsIn(objectAt(schema, "properties")).find(([, property]) => property.type === "string")?.[0];
}

interface Fact {
  readonly operationId: string;
  readonly bounds: readonly { readonly in: string; readonly path: string; readonly maxLength?: number }[];
}

/** The inline schema of a query parameter whose maximum length the facts document. */
function boundedSchema(document: Draft): Draft {
  const folder = join(root, "spec", "provenance", "facts");
  const facts = readdirSync(folder).flatMap((file): Fact[] =>
    JSON.parse(readFileSync(join(folder, file), "utf8")),
  );
  const documented = new Set(
    facts.flatMap(({ operationId, bounds }) =>
      bounds
        .filter((bound) => bound.in === "query" && bound.maxLength !== undefined)
        .map(({ path }) => `${operationId} ${path}`),
    ),
  );
  for (const { node } of operations(document)) {
    for (const item of Array.isArray(node.parameters) ? node.parameters : []) {
      const parameter = resolveParameter(document, item);
      const schema = parameter.schema;
      const isDocumented = documented.has(`${String(node.operationId)} ${String(parameter.name)}`);
      if (isDocumented && isDraft(schema) && schema.maxLength === 64) return schema;
    }
  }
  throw new Error("The description has no query parameter with a documented maximum length.");
}
