/** Kinds of object of an OpenAPI 3.1 document that hold something to convert, or lead to it. */
export type Kind =
  | "document"
  | "components"
  | "pathItem"
  | "operation"
  | "parameter"
  | "requestBody"
  | "response"
  | "mediaType"
  | "encoding"
  | "callback"
  | "example"
  | "link"
  | "securityScheme"
  | "schema";

/** How a field holds objects of a kind: one, a list of them, or a map whose keys are names. */
export type Holder = readonly ["one" | "list" | "map", Kind];

const one = (kind: Kind): Holder => ["one", kind];
const list = (kind: Kind): Holder => ["list", kind];
const map = (kind: Kind): Holder => ["map", kind];

const parameter = { schema: one("schema"), content: map("mediaType"), examples: map("example") };

/**
 * Which fields lead to which kind of object. What is not listed (values of examples, defaults, enumerations,
 * extensions) is data and stays as it is.
 * @see https://spec.openapis.org/oas/v3.1.0
 */
export const shape: Readonly<Record<Kind, Readonly<Record<string, Holder>>>> = {
  document: { paths: map("pathItem"), webhooks: map("pathItem"), components: one("components") },
  components: {
    schemas: map("schema"),
    responses: map("response"),
    parameters: map("parameter"),
    examples: map("example"),
    requestBodies: map("requestBody"),
    headers: map("parameter"),
    securitySchemes: map("securityScheme"),
    links: map("link"),
    callbacks: map("callback"),
    pathItems: map("pathItem"),
  },
  pathItem: {
    get: one("operation"),
    put: one("operation"),
    post: one("operation"),
    delete: one("operation"),
    options: one("operation"),
    head: one("operation"),
    patch: one("operation"),
    trace: one("operation"),
    parameters: list("parameter"),
  },
  operation: {
    parameters: list("parameter"),
    requestBody: one("requestBody"),
    responses: map("response"),
    callbacks: map("callback"),
  },
  parameter,
  requestBody: { content: map("mediaType") },
  response: { headers: map("parameter"), content: map("mediaType"), links: map("link") },
  mediaType: { schema: one("schema"), examples: map("example"), encoding: map("encoding") },
  encoding: { headers: map("parameter") },
  callback: {},
  example: {},
  link: {},
  securityScheme: {},
  schema: {
    properties: map("schema"),
    patternProperties: map("schema"),
    dependentSchemas: map("schema"),
    additionalProperties: one("schema"),
    propertyNames: one("schema"),
    items: one("schema"),
    contains: one("schema"),
    not: one("schema"),
    if: one("schema"),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: one("schema"),
    else: one("schema"),
    allOf: list("schema"),
    anyOf: list("schema"),
    oneOf: list("schema"),
    prefixItems: list("schema"),
  },
};
