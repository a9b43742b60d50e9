import type { UpdateTagsRequest } from "@functiongraph/types";
import type { Reader, Writer } from "../../store/store.ts";
import type { App } from "../app.ts";
import { type FunctionRecord, functionKey } from "../functions/records.ts";
import { invalid, mostTags, readTags } from "./check-tag.ts";
import { findTagged } from "./find-tagged.ts";
import { type Tag, tags } from "./tags.ts";

/**
 * Adds tags to a function; a key that it has gets the new value and keeps its place.
 * @throws ServiceError FSS.0400 (malformed, or more than 20 in the end), FSS.1051.
 */
export function addTags(app: App, project: string, resource: string, request: UpdateTagsRequest): void {
  app.store.write((tx) => {
    const record = findTagged(tx, project, resource);
    const after = new Map(tagsOf(tx, project, record).map(({ key, value }) => [key, value]));
    for (const { key, value } of readTags(request)) after.set(key, value);
    if (after.size > mostTags)
      throw invalid(`a function has at most ${mostTags} tags and would have ${after.size}`);
    putTags(
      tx,
      project,
      record,
      [...after].map(([key, value]) => ({ key, value })),
    );
  });
}

/**
 * Removes tags from a function: those whose key and, where the request gives one, value are the same. What is not there is no error.
 * @throws ServiceError FSS.0400 (malformed), FSS.1051.
 */
export function removeTags(app: App, project: string, resource: string, request: UpdateTagsRequest): void {
  app.store.write((tx) => {
    const record = findTagged(tx, project, resource);
    readTags(request);
    const gone = ({ key, value }: Tag): boolean =>
      (request.tags ?? []).some((one) => one.key === key && (one.value === undefined || one.value === value));
    putTags(
      tx,
      project,
      record,
      tagsOf(tx, project, record).filter((tag) => !gone(tag)),
    );
  });
}

/** The tags of a function in the order in which they were added. */
export function tagsOf(tx: Reader, project: string, { package: pkg, name }: FunctionRecord): readonly Tag[] {
  return tx.get(tags, project, functionKey(pkg, name))?.tags ?? [];
}

function putTags(
  tx: Writer,
  project: string,
  { package: pkg, name }: FunctionRecord,
  all: readonly Tag[],
): void {
  if (all.length === 0) tx.delete(tags, project, functionKey(pkg, name));
  else tx.put(tags, project, functionKey(pkg, name), { tags: all });
}
