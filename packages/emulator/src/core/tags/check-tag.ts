import type { UpdateTagsRequest } from "@functiongraph/types";
import { ServiceError } from "../service-error.ts";
import type { Tag } from "./tags.ts";

const keyPattern = /^[\p{L}\p{N}_.:=+\-@ ]{1,128}$/u;
const valuePattern = /^[\p{L}\p{N}_.:/=+\-@ ]{0,255}$/u;

/** The most tags that a function can have. */
export const mostTags = 20;

/**
 * Reads the tags of a request; a tag without a value has the empty one.
 * @throws ServiceError FSS.0400 for a malformed key or value, a key that comes twice, and system tags.
 */
export function readTags({ tags = [], sys_tags: system = [] }: UpdateTagsRequest): Tag[] {
  if (system.length > 0) throw invalid("sys_tags belong to the cloud and cannot be changed");
  const keys = new Set<string>();
  return tags.map(({ key = "", value = "" }, i) => {
    if (!keyPattern.test(key) || key.trim() !== key) {
      throw invalid(
        `tags[${i}].key must have 1 to 128 letters, digits, spaces or characters of _.:=+-@, no space at either end, and is "${key.slice(0, 140)}"`,
      );
    }
    if (key.startsWith("_sys_")) throw invalid(`tags[${i}].key starts with _sys_, as only system tags do`);
    if (!valuePattern.test(value)) {
      throw invalid(
        `tags[${i}].value must have up to 255 letters, digits, spaces or characters of _.:/=+-@ and is "${value.slice(0, 260)}"`,
      );
    }
    if (keys.has(key)) throw invalid(`tags has the key "${key}" twice`);
    keys.add(key);
    return { key, value };
  });
}

/** The refusal of a request about tags. */
export function invalid(what: string): ServiceError {
  return new ServiceError("FSS.0400", `invalid parameter: ${what}.`);
}
