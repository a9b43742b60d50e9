import { dereference, type Json, type JsonObject, listOf, objectOf, operationsOf } from "../../openapi.ts";

/** A parameter of an operation. */
export interface FuzzParameter {
  readonly name: string;
  readonly place: string;
  readonly required: boolean;
  readonly schema: JsonObject;
}

/** What the description says about one operation, as far as requests and answers go. */
export interface FuzzOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly parameters: readonly FuzzParameter[];
  readonly body: { readonly schema: JsonObject; readonly examples: readonly Json[] } | undefined;
  /** Declared answers by status or `default`; the schema of JSON answers, none for others. */
  readonly answers: ReadonlyMap<
    string,
    { readonly schema: JsonObject | undefined; readonly media: readonly string[] }
  >;
}

/** Reads all operations of a bundled description. */
export function fuzzOperations(document: JsonObject): FuzzOperation[] {
  return operationsOf(document).map(({ operation, operationId, method, path, pathItem }) => ({
    id: operationId,
    method: method.toUpperCase(),
    path,
    tag: String(listOf(operation.tags)[0]),
    parameters: [...listOf(pathItem.parameters), ...listOf(operation.parameters)].map((parameter) =>
      readParameter(document, parameter),
    ),
    body: readBody(document, operation.requestBody),
    answers: new Map(
      Object.entries(objectOf(operation.responses)).map(([status, answer]) => [
        status,
        readAnswer(document, answer),
      ]),
    ),
  }));
}

function readParameter(document: JsonObject, value: Json): FuzzParameter {
  const parameter = dereference(document, value);
  return {
    name: String(parameter.name),
    place: String(parameter.in),
    required: parameter.required === true,
    schema: objectOf(parameter.schema),
  };
}

function readBody(document: JsonObject, value: Json | undefined): FuzzOperation["body"] {
  if (value === undefined) return undefined;
  const { schema, examples } = objectOf(objectOf(dereference(document, value).content)["application/json"]);
  const values = Object.values(objectOf(examples)).map(
    (example) => dereference(document, example).value ?? null,
  );
  return { schema: objectOf(schema), examples: values };
}

function readAnswer(document: JsonObject, value: Json): { schema: JsonObject | undefined; media: string[] } {
  const content = objectOf(dereference(document, value).content);
  const json = content["application/json"];
  return {
    schema: json === undefined ? undefined : objectOf(objectOf(json).schema),
    media: Object.keys(content),
  };
}
