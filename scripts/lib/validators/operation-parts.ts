import { dereference, isObject, type JsonObject, listOf, type OperationEntry, objectOf } from "../openapi.ts";
import { schemaFor } from "./schema-for.ts";

/** How a parameter's text is read: as it is, as a whole number, or as `true` and `false`. */
export type ParameterKind = "string" | "integer" | "boolean";

/** One parameter, with the schema that its value has to satisfy. */
interface ParameterPart {
  readonly name: string;
  readonly required: boolean;
  readonly kind: ParameterKind;
  readonly schema: JsonObject;
}

/** The parameters of an operation at one place, in the document's order. */
export function parametersOf(document: JsonObject, entry: OperationEntry, place: string): ParameterPart[] {
  const all = [...listOf(entry.pathItem.parameters), ...listOf(entry.operation.parameters)];
  return all
    .map((parameter) => dereference(document, parameter))
    .filter((parameter) => parameter.in === place)
    .map((parameter) => {
      const schema = schemaFor(document, parameter.schema, "request");
      const kind = schema.type === "integer" || schema.type === "boolean" ? schema.type : "string";
      return { name: String(parameter.name), required: parameter.required === true, kind, schema };
    });
}

/** The object that all parameters of one place form. */
export function parameterSchema(parameters: readonly ParameterPart[]): JsonObject {
  const required = parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name);
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  return { type: "object", properties, ...(required.length > 0 && { required }) };
}

/** The schema of the JSON request body; none when the operation takes no body. */
export function bodySchema(document: JsonObject, entry: OperationEntry): JsonObject | undefined {
  const content = objectOf(dereference(document, entry.operation.requestBody).content)["application/json"];
  return isObject(content) ? schemaFor(document, content.schema, "request") : undefined;
}
