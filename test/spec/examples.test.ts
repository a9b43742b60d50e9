import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as ajvFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import {
  dereference,
  isObject,
  type Json,
  type JsonObject,
  listOf,
  objectOf,
  operationsOf,
} from "../../scripts/lib/openapi.ts";
import { specFolder } from "../../scripts/lib/paths.ts";
import { objectsIn, readBundle } from "./bundle.ts";

const document = readBundle();
const webhooks = Object.values(objectOf(document.webhooks)).map((item) => objectOf(objectOf(item).post));
const operations = [...operationsOf(document).map(({ operation }) => operation), ...webhooks];

interface Sample {
  readonly name: string;
  readonly media: string;
  readonly schema: JsonObject;
  readonly value: Json | undefined;
}

/** Every request and response body of an operation with its examples. */
function bodies(
  operation: JsonObject,
): { readonly place: string; readonly media: string; readonly samples: Sample[] }[] {
  const requests: [string, Json | undefined][] = operation.requestBody
    ? [["request", operation.requestBody]]
    : [];
  const responses = Object.entries(objectOf(operation.responses)) as [string, Json][];
  return [...requests, ...responses].flatMap(([place, body]) =>
    Object.entries(objectOf(dereference(document, body).content)).map(([media, value]) => {
      const { schema, examples } = objectOf(value);
      const samples = Object.entries(objectOf(examples)).map(([key, example]) => ({
        name: `${operation.operationId} ${place} ${key}`,
        media,
        schema: objectOf(schema),
        value: dereference(document, example).value,
      }));
      return { place: `${operation.operationId} ${place}`, media, samples };
    }),
  );
}

/** Every schema twice, closed and open, under the names that `rewrite` gives its references. */
const definitions: JsonObject = Object.fromEntries(
  Object.entries(objectOf(objectOf(document.components).schemas)).flatMap(([name, schema]) => [
    [name, rewrite(schema, true)],
    [`${name}.open`, rewrite(schema, false)],
  ]),
);

const all = operations.flatMap(bodies);

describe("examples", () => {
  it("exist for every request body and every response with content, in files of their own", () => {
    expect(
      all.filter(({ samples }) => samples.length === 0).map(({ place, media }) => `${place} ${media}`),
    ).toEqual([]);
    const inline = [...objectsIn(document.paths as Json), ...objectsIn(document.webhooks as Json)].filter(
      ({ object }) =>
        isObject(object.examples) &&
        Object.values(object.examples).some((example) => !objectOf(example).$ref),
    );
    expect(inline.map(({ pointer }) => pointer)).toEqual([]);
    for (const name of Object.keys(objectOf(objectOf(document.components).examples))) {
      const folder = /^(FSS|APIGW|FGS)\./.test(name) ? "errors" : (name.split(".")[0] ?? "");
      expect(existsSync(join(specFolder, "examples", folder, `${name}.yaml`)), name).toBe(true);
    }
  });

  const strict = strictAjv();
  it.each(
    all
      .flatMap(({ samples }) => samples.filter(({ media }) => /json/.test(media)))
      .map((sample) => [sample.name, sample] as const),
  )("%s is valid with unknown properties forbidden", (_, { schema, value }) => {
    const validate = strict.compile(closed(schema));
    validate(value);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("are held against closed schemas: an unknown property is found at any depth, through allOf too", () => {
    const validate = strict.compile(closed({ $ref: "#/components/schemas/ListQuotasResponse" }));
    expect(validate({ quotas: { resources: [{ quota: 1, unknown: 1 }] } })).toBe(false);
    expect(validate({ quotas: { resources: [{ quota: 1 }] } })).toBe(true);
    const composed = strict.compile(closed({ $ref: "#/components/schemas/FunctionAsyncInvokeConfig" }));
    expect(composed({ func_urn: "urn", unknown: 1 })).toBe(false);
  });

  it("tell one story: every URN, project and identifier comes from the cast", () => {
    const cast = readFileSync(join(specFolder, "examples", "CAST.md"), "utf8");
    const strangers = all
      .flatMap(({ samples }) => samples)
      .flatMap(({ name, value }) =>
        identifiers(value)
          .filter((id) => !cast.includes(id))
          .map((id) => `${name}: ${id}`),
      );
    expect([...new Set(strangers)]).toEqual([]);
  });

  it("hold no credential that looks real", () => {
    const secrets = all
      .flatMap(({ samples }) => samples)
      .flatMap(({ name, value }) => secretValues(value).map((secret) => `${name}: ${secret}`));
    expect(secrets.filter((line) => !/example|\*{3}/i.test(line.split(": ")[1] ?? ""))).toEqual([]);
  });
});

/** UUIDs, 32-digit identifiers and project parts of URNs in a value. */
function identifiers(value: Json | undefined): string[] {
  const text = JSON.stringify(value ?? null);
  return (
    text.match(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b/g) ?? []
  );
}

function secretValues(value: Json | undefined): string[] {
  return [...objectsIn(value ?? null)].flatMap(({ object }) =>
    Object.entries(object).flatMap(([key, member]) =>
      /password|secret|^token$|access_key|_sk$/i.test(key) && typeof member === "string" && member !== ""
        ? [member]
        : [],
    ),
  );
}

function strictAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  // The package is CommonJS: its default export arrives as a member of the namespace.
  (ajvFormats.default as unknown as { default: (instance: Ajv2020) => void }).default(ajv);
  return ajv.addSchema({ $id: "spec", $defs: definitions });
}

/**
 * The schema with its references turned to `$defs` and every object closed to properties that it does not describe. Members of an
 * `allOf` see only a part of the object, so they stay open (`Name.open`), and the schema that joins them is closed.
 */
function closed(schema: JsonObject): JsonObject {
  return rewrite(schema, true) as JsonObject;
}

function rewrite(schema: Json, close: boolean): Json {
  if (Array.isArray(schema)) return schema.map((member) => rewrite(member, close));
  if (!isObject(schema)) return schema;
  const whole = isObject(schema.properties) || listOf(schema.allOf).length > 0;
  const copy: JsonObject = {};
  for (const [key, member] of Object.entries(schema)) {
    if (["discriminator", "examples", "example", "contentSchema"].includes(key)) continue;
    if (key === "$ref")
      copy.$ref = `${String(member).replace("#/components/schemas/", "spec#/$defs/")}${close ? "" : ".open"}`;
    else if (key === "properties")
      copy.properties = Object.fromEntries(
        Object.entries(objectOf(member)).map(([name, property]) => [name, rewrite(property, true)]),
      );
    else if (key === "allOf") copy.allOf = rewrite(member, false);
    else if (key === "anyOf" || key === "oneOf") copy[key] = rewrite(member, close && !whole);
    else copy[key] = rewrite(member, true);
  }
  if (close && whole && copy.additionalProperties === undefined) copy.unevaluatedProperties = false;
  return copy;
}
