import { dereference, type JsonObject, listOf, type OperationEntry, objectOf } from "../openapi.ts";
import type { Place } from "./facts.ts";
import { alternatives, schemasAt } from "./schema-path.ts";

interface Parameter extends JsonObject {
  name: string;
  in: string;
}

/** Finds what an operation of the bundle describes at a place and path of the facts. */
export class OperationSchemas {
  readonly #document: JsonObject;
  readonly #parameters: readonly Parameter[];
  readonly #request: readonly JsonObject[];
  readonly #response: readonly JsonObject[];
  readonly #responseHeaders: ReadonlyMap<string, JsonObject>;
  /** The statuses that the operation declares. */
  readonly statuses: ReadonlySet<string>;

  constructor(document: JsonObject, { operation, pathItem }: OperationEntry) {
    this.#document = document;
    this.#parameters = [...listOf(pathItem.parameters), ...listOf(operation.parameters)].map(
      // Redocly has checked that every parameter has a name and a place.
      (value) => dereference(document, value) as Parameter,
    );
    this.#request = this.#contents(dereference(document, operation.requestBody));
    const responses = objectOf(operation.responses);
    this.statuses = new Set(Object.keys(responses));
    const successes = Object.entries(responses)
      .filter(([status]) => status.startsWith("2"))
      .map(([, response]) => dereference(document, response));
    this.#response = successes.flatMap((response) => this.#contents(response));
    this.#responseHeaders = new Map(
      successes
        .flatMap((response) => Object.entries(objectOf(response.headers)))
        .map(([name, header]) => [name.toLowerCase(), dereference(document, header)]),
    );
  }

  /** Every schema that describes this place; an empty list when the description lacks it. */
  at(place: Place, path: string): JsonObject[] {
    switch (place) {
      case "request":
        return schemasAt(this.#document, this.#request, path);
      case "response":
        return schemasAt(this.#document, this.#response, path);
      case "responseHeaders": {
        const header = this.#responseHeaders.get(path.toLowerCase());
        return header ? [header, ...alternatives(this.#document, header.schema)] : [];
      }
      default: {
        const kind = place === "headers" ? "header" : place;
        const parameter = this.#parameters.find(
          ({ name, in: where }) => where === kind && name.toLowerCase() === path.toLowerCase(),
        );
        return parameter ? [parameter, ...alternatives(this.#document, parameter.schema)] : [];
      }
    }
  }

  /** Whether a documented field is required: a parameter by itself, a property by the object that holds it. */
  requires(place: Place, path: string): boolean {
    const schemas =
      place === "request" || place === "response" ? this.#holders(place, path) : this.at(place, path);
    const name = path.split(".").at(-1)?.replaceAll("[]", "") ?? path;
    return schemas.some((schema) => schema.required === true || listOf(schema.required).includes(name));
  }

  #holders(place: "request" | "response", path: string): JsonObject[] {
    const roots = place === "request" ? this.#request : this.#response;
    const cut = path.lastIndexOf(".");
    return cut < 0 ? [...roots] : schemasAt(this.#document, roots, path.slice(0, cut));
  }

  #contents(body: JsonObject): JsonObject[] {
    return Object.values(objectOf(body.content)).flatMap((media) =>
      alternatives(this.#document, objectOf(media).schema),
    );
  }
}
