import type { Reader } from "../../store/store.ts";
import { type FunctionRecord, functions, latest, versionKey, versions } from "../functions/records.ts";
import { tagsOf } from "./change-tags.ts";
import type { Tag } from "./tags.ts";

/** A function with its own tags and those that the cloud gives. */
export interface TaggedFunction {
  readonly record: FunctionRecord;
  readonly tags: readonly Tag[];
  readonly systemTags: readonly Tag[];
}

/** All functions of a project in the order of their creation, with their tags. */
export function taggedFunctions(tx: Reader, project: string): TaggedFunction[] {
  return tx
    .list(functions, project)
    .map(({ value: record }) => {
      const version = tx.get(versions, project, versionKey(record.package, record.name, latest));
      // Any text can be the ID of an enterprise project; the value of a tag holds 255 characters.
      const value = (version?.config.enterprise_project_id ?? "0").slice(0, 255);
      return {
        record,
        tags: tagsOf(tx, project, record),
        systemTags: [{ key: "_sys_enterprise_project_id", value }],
      };
    })
    .sort((a, b) => a.record.sequence - b.record.sequence);
}
