import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { CORE_SCHEMA, load } from "js-yaml";
import { arrayOf, isObject, type JsonObject, objectOf, stringsOf } from "./json.js";
import type { Context } from "./redocly.js";

/** One error code of the catalogue; `status` and `messages` are empty where nobody documents them. */
export interface CatalogueEntry {
  readonly status: number | undefined;
  readonly messages: readonly string[];
  readonly common: boolean;
}

/** A documented bound of a string, with the edition that documents it. */
export interface StringBound {
  readonly in: string;
  readonly path: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** The largest number that the prose allows, where the string carries one. */
  readonly proseMaximum?: number;
}

/** A documented fact that the description leaves out or changes on purpose. */
export interface FactException {
  readonly operationId: string;
  readonly in: string;
  readonly path: string;
}

/** The folder of the description: the one that holds the Redocly configuration in use. */
export function specFolder(context: Context): string {
  return dirname(resolve(context.config.configPath ?? "redocly.yaml"));
}

/** Path of a linted file below the folder of the description, with `/`; undefined for the bundle and for files outside. */
export function sourcePath(context: Context, absoluteRef: string): string | undefined {
  const path = relative(specFolder(context), absoluteRef).split(sep).join("/");
  return path.startsWith("..") || path.startsWith("dist/") ? undefined : path;
}

const cache = new Map<string, unknown>();

function cached<T>(key: string, load: () => T): T {
  if (!cache.has(key)) cache.set(key, load());
  // The key names both file and shape, so what lies under it has the type of its loader.
  return cache.get(key) as T;
}

/** The content of a YAML file, undefined when there is none; an error names the file, as Redocly shows its message alone. */
export function readYaml(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    // The core schema leaves dates as text; reading the catalogue takes a tenth of what the package `yaml` needs, and lint is waited for.
    return load(readFileSync(file, "utf8"), { schema: CORE_SCHEMA });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${file} is no valid YAML; correct it: ${why}`, { cause });
  }
}

/** Error codes of `errors/catalogue.yaml`: those of the service and those of the gateway, which every call can meet. */
export function errorCatalogue(context: Context): ReadonlyMap<string, CatalogueEntry> {
  const file = join(specFolder(context), "errors", "catalogue.yaml");
  return cached(file, () => {
    const { codes, gateway } = objectOf(readYaml(file));
    const entries = (group: unknown, ofGateway: boolean): [string, CatalogueEntry][] =>
      Object.entries(objectOf(group)).map(([code, value]) => [
        code,
        catalogueEntry(objectOf(value), ofGateway),
      ]);
    return new Map([...entries(codes, false), ...entries(gateway, true)]);
  });
}

function catalogueEntry(entry: JsonObject, ofGateway: boolean): CatalogueEntry {
  return {
    status: typeof entry.status === "number" ? entry.status : undefined,
    messages: [...stringsOf([entry.message]), ...stringsOf(entry.wireMessages)],
    common: ofGateway || entry.common === true,
  };
}

/** Identifiers of `provenance/editions.yaml`. */
export function knownEditions(context: Context): ReadonlySet<string> {
  const file = join(specFolder(context), "provenance", "editions.yaml");
  return cached(file, () => new Set(Object.keys(objectOf(objectOf(readYaml(file)).editions))));
}

function filesIn(folder: string, extension: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => join(folder, name));
}

/** Bounds of strings that the facts document, by operationId. */
export function documentedStringBounds(context: Context): ReadonlyMap<string, readonly StringBound[]> {
  const folder = join(specFolder(context), "provenance", "facts");
  return cached(folder, () => {
    const byOperation = new Map<string, readonly StringBound[]>();
    for (const file of filesIn(folder, ".json")) {
      for (const operation of arrayOf(JSON.parse(readFileSync(file, "utf8"))).filter(isObject)) {
        const bounds = arrayOf(operation.bounds).filter(isObject).filter(boundsString);
        // The facts are written by this project's own script; `boundsString` has looked at what is read from them.
        byOperation.set(String(operation.operationId), bounds as unknown as readonly StringBound[]);
      }
    }
    return byOperation;
  });
}

function boundsString(bound: JsonObject): boolean {
  return ["minLength", "maxLength", "pattern"].some((keyword) => bound[keyword] !== undefined);
}

/** Entries of `provenance/exceptions/*.yaml`. */
export function factExceptions(context: Context): readonly FactException[] {
  const folder = join(specFolder(context), "provenance", "exceptions");
  return cached(folder, () =>
    filesIn(folder, ".yaml").flatMap((file) =>
      arrayOf(objectOf(readYaml(file)).exceptions)
        .filter(isObject)
        .map((entry) => ({
          operationId: String(entry.operationId),
          in: String(entry.in),
          path: String(entry.path),
        })),
    ),
  );
}
