import type { ShowProjectTagsListResponse, TagItem } from "@functiongraph/types";
import type { App } from "../app.ts";
import { taggedFunctions } from "./tagged-functions.ts";
import type { Tag } from "./tags.ts";

/** Every tag key in use in a project, in the order in which functions have them, with all its values in theirs. */
export function listProjectTags(app: App, project: string): ShowProjectTagsListResponse {
  const all = app.store.read((tx) => taggedFunctions(tx, project));
  return {
    tags: gather(all.flatMap((one) => one.tags)),
    sys_tags: gather(all.flatMap((one) => one.systemTags)),
  };
}

function gather(tags: readonly Tag[]): TagItem[] {
  const values = new Map<string, Set<string>>();
  for (const { key, value } of tags) values.set(key, (values.get(key) ?? new Set()).add(value));
  return [...values].map(([key, used]) => ({ key, values: [...used].sort() }));
}
