import type { FieldFact, OperationFacts } from "../coverage/facts.ts";
import { stepsOf } from "../coverage/schema-path.ts";
import type { Place, SourceFiles } from "./source-files.ts";

/** The editions of one node of the sources. */
export interface Mark {
  readonly place: Place;
  readonly editions: Set<string>;
}

/** Walks every documented fact to the node that describes it, and gathers the editions of each node. */
export function collectEditions(sources: SourceFiles, facts: readonly OperationFacts[]): Mark[] {
  const marks = new Map<string, Mark>();
  const mark = (place: Place, editions: Iterable<string>) => {
    const key = `${place.file}:${place.node.range?.[0]}`;
    const known = marks.get(key) ?? { place, editions: new Set<string>() };
    for (const edition of editions) known.editions.add(edition);
    marks.set(key, known);
  };
  const paths = sources.get(sources.root("openapi.yaml"), "paths");
  for (const fact of facts) {
    const entry = sources.entries(paths).find(([path]) => path === fact.path)?.[1];
    const pathItem = entry && sources.follow(entry);
    const operation = pathItem && sources.get(pathItem, fact.method.toLowerCase());
    if (!pathItem || !operation) continue;
    mark(operation, fact.editions);
    const parameters = [
      ...sources.items(sources.get(pathItem, "parameters")),
      ...sources.items(sources.get(operation, "parameters")),
    ].map((place) => sources.follow(place));
    const parameter = (kind: string, name: string) =>
      parameters.find(
        (place) =>
          sources.scalar(sources.get(place, "in")) === kind &&
          String(sources.scalar(sources.get(place, "name"))).toLowerCase() === name.toLowerCase(),
      );
    const markParameter = (kind: string, field: { path: string; sources: readonly string[] }) => {
      const place = parameter(kind, field.path);
      if (place) mark(place, field.sources);
    };
    for (const name of fact.pathParameters) markParameter("path", { path: name, sources: fact.editions });
    for (const field of fact.query) markParameter("query", field);
    for (const field of fact.headers) markParameter("header", field);

    const body = sources.get(operation, "requestBody");
    markFields(sources, body ? contents(sources, sources.follow(body)) : [], fact.request, mark);
    const successes = sources
      .entries(sources.get(operation, "responses"))
      .filter(([status]) => status.startsWith("2"))
      .map(([, place]) => sources.follow(place));
    markFields(
      sources,
      successes.flatMap((place) => contents(sources, place)),
      fact.response,
      mark,
    );
    for (const field of fact.responseHeaders) {
      for (const response of successes) {
        const header = sources
          .entries(sources.get(response, "headers"))
          .find(([name]) => name.toLowerCase() === field.path.toLowerCase());
        if (header) mark(sources.follow(header[1]), field.sources);
      }
    }
  }
  return [...marks.values()];
}

function contents(sources: SourceFiles, body: Place): Place[] {
  return sources.entries(sources.get(body, "content")).flatMap(([, media]) => {
    const schema = sources.get(media, "schema");
    return schema ? [schema] : [];
  });
}

function markFields(
  sources: SourceFiles,
  roots: readonly Place[],
  fields: readonly FieldFact[],
  mark: (place: Place, editions: Iterable<string>) => void,
): void {
  for (const field of fields) {
    const steps = stepsOf(field.path);
    const last = steps.at(-1);
    if (last === undefined || last === "*" || last === "[]") continue;
    const holders = steps
      .slice(0, -1)
      .reduce<Place[]>((places, step) => places.flatMap((place) => below(sources, place, step)), [...roots]);
    for (const holder of holders) {
      for (const property of below(sources, holder, last)) mark(property, field.sources);
    }
  }
}

/** The places that describe one step further down; a property is the node that the `properties` map holds, its reference not followed. */
function below(sources: SourceFiles, place: Place, step: string): Place[] {
  return composed(sources, place).flatMap((schema) => {
    if (step === "[]" || step === "*") {
      const next = sources.get(schema, step === "[]" ? "items" : "additionalProperties");
      return next ? [next] : [];
    }
    const properties = sources.get(schema, "properties");
    const property = properties && sources.get(properties, step);
    return property ? [property] : [];
  });
}

function composed(sources: SourceFiles, place: Place, depth = 0): Place[] {
  const schema = sources.follow(place);
  if (depth > 8) return [schema];
  const members = ["allOf", "anyOf", "oneOf"].flatMap((keyword) =>
    sources.items(sources.get(schema, keyword)),
  );
  return [schema, ...members.flatMap((member) => composed(sources, member, depth + 1))];
}
