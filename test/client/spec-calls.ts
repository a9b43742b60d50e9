import { readBundle } from "../spec/bundle.ts";

type Value = string | number | boolean | null | Value[] | { readonly [name: string]: Value };
type Fields = Readonly<Record<string, Value>>;

/** A call of an operation with the values of its examples. */
export interface SpecCall {
  readonly operationId: string;
  /** Name of the request's example; undefined when there is no body. */
  readonly example: string | undefined;
  /** Status of the usual success. */
  readonly status: number;
  readonly path: Fields;
  readonly query: Fields;
  readonly header: Fields;
  readonly body: Value | undefined;
}

/** Every operation with each of its request examples, or once if it has no body; every parameter has the value of its own example. */
export function specCalls(): SpecCall[] {
  // `as`: the bundle is a JSON document.
  const bundle = readBundle() as Fields;
  const resolve = (value: Value | undefined): Fields => {
    const found = fields(value);
    if (typeof found.$ref !== "string") return found;
    return resolve(
      found.$ref
        .slice(2)
        .split("/")
        .reduce<Value | undefined>((at, name) => fields(at)[name.replaceAll("~1", "/")], bundle),
    );
  };

  const calls: SpecCall[] = [];
  for (const item of Object.values(fields(bundle.paths)).map(fields)) {
    for (const method of ["get", "put", "post", "delete"]) {
      const operation = fields(item[method]);
      if (typeof operation.operationId !== "string") continue;
      const parameters = [...list(item.parameters), ...list(operation.parameters)].map(resolve);
      const valuesIn = (place: string): Fields =>
        Object.fromEntries(
          parameters
            .filter((one) => one.in === place && one.deprecated !== true)
            .map((one) => [String(one.name), exampleOf(one, resolve)]),
        );
      const shared = {
        operationId: operation.operationId,
        status: Number(Object.keys(fields(operation.responses)).find((status) => status.startsWith("2"))),
        path: valuesIn("path"),
        query: valuesIn("query"),
        header: valuesIn("header"),
      };
      const [content] = Object.values(fields(resolve(operation.requestBody).content)).map(fields);
      const examples = Object.entries(fields(content?.examples));
      for (const [example, value] of examples) calls.push({ ...shared, example, body: resolve(value).value });
      if (examples.length === 0) calls.push({ ...shared, example: undefined, body: undefined });
    }
  }
  return calls;
}

/** The example of a parameter, or the first of its known values. */
function exampleOf(parameter: Fields, resolve: (value: Value | undefined) => Fields): Value {
  const schema = resolve(parameter.schema);
  const [known = {}] = list(schema.anyOf).map(resolve);
  const [first] = Object.values(fields(parameter.examples));
  const candidates = [
    parameter.example,
    resolve(first).value,
    schema.example,
    list(schema.examples)[0],
    schema.default,
  ];
  const example = [...candidates, list(schema.enum)[0], list(known.enum)[0]].find(
    (value) => value !== undefined,
  );
  if (example === undefined) throw new Error(`parameter ${parameter.name} has no example`);
  return example;
}

function fields(value: Value | undefined): Fields {
  // `as`: what is an object and no array has fields.
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function list(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}
