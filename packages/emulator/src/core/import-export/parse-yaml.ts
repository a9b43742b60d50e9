import { isMap, isScalar, parseDocument } from "yaml";
import { ServiceError } from "../service-error.ts";
import { isMapping } from "./field-kind.ts";
import { yamlDepth } from "./yaml-depth.ts";

/** Many times what a function's settings can take. */
const mostBytes = 64 * 1024;
/** Levels; a function's settings have five. */
const deepest = 200;
/** Aliases may multiply a text of a few lines into gigabytes; exported files have none. */
const mostAliases = 100;

/** A resource of a YAML file under its name. */
export interface Resource {
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * Reads the one resource of a YAML file.
 * @throws ServiceError FSS.1025 (unreadable, or no such structure), FSS.1057 (no name), FSS.1058 (a name twice).
 */
export function parseResource(bytes: Uint8Array): Resource {
  const { names, root } = parse(decode(bytes));
  if (new Set(names).size < names.length) throw new ServiceError("FSS.1058");
  const resources = isMapping(root) ? root.Resources : undefined;
  if (!isMapping(root)) throw invalidYaml("it must hold a mapping");
  if (resources !== undefined && resources !== null && !isMapping(resources))
    throw invalidYaml("Resources must be a mapping");
  const [first, ...more] = Object.entries(resources ?? {});
  if (!first || first[0].trim() === "") throw new ServiceError("FSS.1057");
  if (more.length > 0) throw invalidYaml(`Resources must hold one function and holds ${more.length + 1}`);
  const [name, value] = first;
  if (!isMapping(value)) throw invalidYaml(`Resources.${name} must be a mapping`);
  return { name, value };
}

/** The refusal of a YAML file, of a sentence without a full stop. */
export function invalidYaml(what: string): ServiceError {
  return new ServiceError("FSS.1025", `Invalid YAML file. ${what.slice(0, 300)}.`);
}

function decode(bytes: Uint8Array): string {
  if (bytes.byteLength > mostBytes)
    throw invalidYaml(`it must have at most ${mostBytes} bytes and has ${bytes.byteLength}`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidYaml("it is not UTF-8");
  }
}

function parse(text: string): { names: string[]; root: unknown } {
  try {
    const depth = yamlDepth(text);
    if (depth > deepest) throw invalidYaml(`it must have at most ${deepest} levels and has about ${depth}`);
    // Keys that come twice are looked for below, where they have a code of their own. Pretty errors cost time for every one of them.
    const document = parseDocument(text, { uniqueKeys: false, logLevel: "error", prettyErrors: false });
    const [error] = document.errors;
    if (error) throw invalidYaml(error.message.split("\n")[0] ?? error.code);
    const resources = document.get("Resources");
    const names = isMap(resources)
      ? resources.items.map(({ key }) => String(isScalar(key) ? key.value : key))
      : [];
    return { names, root: document.toJS({ maxAliasCount: mostAliases }) };
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw invalidYaml(error instanceof Error ? error.message : "it cannot be read");
  }
}
