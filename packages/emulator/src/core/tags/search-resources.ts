import type { ShowResInstanceInfoRequest, ShowResInstanceInfoResponse, TagItem } from "@functiongraph/types";
import type { App } from "../app.ts";
import { formatUrn } from "../functions/urn.ts";
import { invalid } from "./check-tag.ts";
import { type TaggedFunction, taggedFunctions } from "./tagged-functions.ts";
import type { Tag } from "./tags.ts";

// Of a page for which the request gives no size.
const usualPage = 1000;

/**
 * Finds or counts the functions that meet all conditions of a search.
 * @param action `count` for the number alone.
 * @throws ServiceError FSS.0400 for a property that functions do not have.
 */
export function searchResources(
  app: App,
  project: string,
  action: "filter" | "count",
  request: ShowResInstanceInfoRequest,
): ShowResInstanceInfoResponse {
  const found = app.store.read((tx) => taggedFunctions(tx, project)).filter(matcher(request));
  if (action === "count") return { total_count: found.length };
  const offset = Number(request.offset ?? 0);
  const limit = Number(request.limit ?? 0) || usualPage;
  return {
    resources: found.slice(offset, offset + limit).map(({ record, tags, systemTags }) => ({
      resource_id: record.functionId,
      resource_detail: { detailId: formatUrn(app.region, project, record.package, record.name) },
      tags: [...tags],
      sys_tags: [...systemTags],
      resource_name: record.name,
    })),
    total_count: found.length,
  };
}

function matcher({
  matches = [],
  tags = [],
  sys_tags: system = [],
  without_any_tag: untagged,
}: ShowResInstanceInfoRequest): (one: TaggedFunction) => boolean {
  const names = matches.map(({ key = "", value = "" }, i) => {
    if (key !== "resource_name") throw invalid(`matches[${i}].key must be resource_name and is "${key}"`);
    return value;
  });
  return (one) =>
    names.every((name) => one.record.name === name) &&
    hasAll(one.systemTags, system) &&
    (untagged ? one.tags.length === 0 : hasAll(one.tags, tags));
}

function hasAll(tags: readonly Tag[], wanted: readonly TagItem[]): boolean {
  return wanted.every(({ key, values = [] }) =>
    tags.some((tag) => tag.key === key && (values.length === 0 || values.includes(tag.value))),
  );
}
