import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json, JsonObject } from "../../scripts/lib/openapi.ts";
import { distFolder } from "../../scripts/lib/paths.ts";

/** A fresh copy of the built bundle, for tests to break. */
export function readBundle(): JsonObject {
  return JSON.parse(readFileSync(join(distFolder, "openapi.json"), "utf8"));
}

/** Everything in a document that is an object, with its JSON pointer. */
export function* objectsIn(
  value: Json,
  pointer = "#",
): Generator<{ readonly pointer: string; readonly object: JsonObject }> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* objectsIn(item, `${pointer}/${index}`);
  } else if (typeof value === "object" && value !== null) {
    yield { pointer, object: value };
    for (const [key, member] of Object.entries(value))
      yield* objectsIn(member, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }
}
