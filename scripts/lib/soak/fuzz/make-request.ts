import { isObject, type Json, type JsonObject } from "../../openapi.ts";
import { damageValue, hostileTexts } from "./damage-value.ts";
import type { KnownThings } from "./known-things.ts";
import type { FuzzOperation, FuzzParameter } from "./operations.ts";
import type { Random } from "./random.ts";
import { sampleValue } from "./sample-value.ts";

/** A request ready to be sent. */
export interface FuzzRequest {
  readonly operation: FuzzOperation;
  readonly method: string;
  /** Path and query as they go out. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  /** The values behind it. */
  readonly path: Readonly<Record<string, string>>;
  readonly value: Json | undefined;
}

/** What requests are made with. */
export interface RequestSource {
  readonly document: JsonObject;
  readonly known: KnownThings;
  readonly random: Random;
  readonly token: string;
}

/** Makes a request of an operation: about half of them valid, the others broken in one place or several. */
export function makeRequest(operation: FuzzOperation, source: RequestSource): FuzzRequest {
  const { random } = source;
  const path = makePath(operation, source);
  const segments = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encode(path[name] ?? "", random),
  );
  const query = makeQuery(operation, source);
  const value = makeValue(operation, path, source);
  const body = value === undefined ? strayBody(random) : encodeBody(value, random);
  return {
    operation,
    method: random.chance(0.01)
      ? random.pick(["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD"])
      : operation.method,
    target: `${segments}${query}`,
    headers: makeHeaders(operation, source, body !== undefined),
    body,
    path,
    value,
  };
}

function makePath(
  operation: FuzzOperation,
  { document, known, random }: RequestSource,
): Record<string, string> {
  const parameters = operation.parameters.filter(({ place }) => place === "path");
  const place = random.chance(0.85) ? known.placeFor(parameters.map(({ name }) => name)) : undefined;
  return Object.fromEntries(
    parameters.map(({ name, schema }) => {
      // An empty part makes another path, and with it another operation.
      if (random.chance(0.03)) return [name, random.pick(hostileTexts).slice(0, 2000) || "x"];
      const value = place?.[name] ?? known.valueFor(name) ?? String(sampleValue(document, schema, random));
      return [name, value === "" ? "x" : value];
    }),
  );
}

function makeQuery(operation: FuzzOperation, source: RequestSource): string {
  const { document, known, random } = source;
  const wanted = operation.parameters.filter(
    ({ place, required }) => place === "query" && (required ? random.chance(0.95) : random.chance(0.35)),
  );
  const pairs = wanted.map(({ name, schema }: FuzzParameter) => {
    const existing = random.chance(0.4) ? known.valueFor(name) : undefined;
    const value = random.chance(0.1)
      ? random.pick(hostileTexts).slice(0, 2000)
      : (existing ?? String(sampleValue(document, schema, random)));
    return `${name}=${encodeURIComponent(wellFormed(value))}`;
  });
  if (random.chance(0.03))
    pairs.push(random.pick(["unknown=1", "=", "&&", "limit=1&limit=2", "%zz", "marker=%ff"]));
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function makeValue(
  operation: FuzzOperation,
  path: Readonly<Record<string, string>>,
  { document, known, random }: RequestSource,
): Json | undefined {
  if (!operation.body || random.chance(0.02)) return undefined;
  const { examples, schema } = operation.body;
  const example = random.chance(0.7) ? random.any(examples) : undefined;
  const value = withKnown(
    operation,
    path,
    structuredClone(example ?? sampleValue(document, schema, random)),
    known,
    random,
  );
  return random.chance(0.45) ? damageValue(value, random) : value;
}

/** Names that exist, or that a few requests share, so that requests meet each other. */
function withKnown(
  operation: FuzzOperation,
  path: Readonly<Record<string, string>>,
  value: Json,
  known: KnownThings,
  random: Random,
): Json {
  if (!isObject(value)) return value;
  const changed: JsonObject = { ...value };
  if (operation.id === "createFunction" || operation.id === "importFunction") {
    if (random.chance(0.9)) changed.func_name = `f${random.below(25)}`;
    if (random.chance(0.5)) changed.xrole = "orders-agency";
  }
  if (operation.id === "updateFunctionConfig" && random.chance(0.8)) {
    const parts = (path.function_urn ?? "").split(":");
    changed.func_name = parts[6] ?? parts[1] ?? parts[0] ?? "";
  }
  if ("version" in changed && random.chance(0.6)) changed.version = known.valueFor("version") ?? "latest";
  if ("name" in changed && random.chance(0.4)) changed.name = `n${random.below(12)}`;
  if ("request_id" in changed && random.chance(0.5))
    changed.request_id = known.valueFor("request_id") ?? "none";
  if ("depend_version_list" in changed && random.chance(0.8))
    changed.depend_version_list = [known.valueFor("depend_version_list") ?? "none"];
  return changed;
}

function makeHeaders(
  operation: FuzzOperation,
  { document, random, token }: RequestSource,
  hasBody: boolean,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, place, schema } of operation.parameters) {
    if (place !== "header" || !random.chance(0.4)) continue;
    headers[name] = random.chance(0.1)
      ? "nonsense"
      : String(sampleValue(document, schema, random)).replace(/[^\x20-\x7e]/g, "?");
  }
  if (!random.chance(0.02)) headers["X-Auth-Token"] = random.chance(0.01) ? "nonsense" : token;
  if (hasBody && !random.chance(0.05))
    headers["Content-Type"] = random.chance(0.03)
      ? random.pick(["text/plain", "application/xml", ""])
      : "application/json";
  return headers;
}

function encodeBody(value: Json, random: Random): Buffer {
  const text = JSON.stringify(value);
  if (!random.chance(0.04)) return Buffer.from(text);
  return random.pick([
    Buffer.from(text.slice(0, -1)),
    Buffer.from(`${text}${text}`),
    Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xfe]), Buffer.from("}")]),
    Buffer.from("[]"),
    Buffer.from("null"),
    Buffer.from('"text"'),
    Buffer.from("[".repeat(5000)),
    Buffer.alloc(300, 0),
  ]);
}

function strayBody(random: Random): Buffer | undefined {
  return random.chance(0.02) ? Buffer.from("{}") : undefined;
}

function encode(segment: string, random: Random): string {
  const encoded = encodeURIComponent(wellFormed(segment));
  const choice = random.below(20);
  // Clients leave the colons of a URN as they are, or encode them.
  if (choice < 10) return encoded.replaceAll("%3A", ":").replaceAll("%21", "!");
  return choice === 19 && random.chance(0.1) ? "%E0%A4%A" : encoded;
}

function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, "?");
}
