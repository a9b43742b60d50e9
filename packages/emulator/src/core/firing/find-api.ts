import type { EventData, TriggerRecord } from "../triggers/records.ts";
import { triggerRule } from "../triggers/trigger-rules.ts";
import type { ProjectTrigger } from "./trigger-index.ts";

/** A call as a gateway looks it up. */
export interface ApiCall {
  /** ID of the API group; absent when any will do. */
  readonly group?: string;
  /** Name of the environment. */
  readonly stage: string;
  readonly method: string;
  /** Decoded; without an empty one for a slash at the end. */
  readonly segments: readonly string[];
}

/** The API that a call reaches. */
export interface FoundApi {
  readonly api: ProjectTrigger;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** What a call leads to: an API, or the methods that its path has, of which there may be none. */
export type ApiMatch = FoundApi | { readonly api: undefined; readonly methods: readonly string[] };

/** The environment in which an API is published unless somebody says otherwise. */
export const defaultStage = "RELEASE";

/** The environment of the API of a trigger; some leave it empty. */
export function stageOf(data: EventData): string {
  return typeof data.env_name === "string" && data.env_name !== "" ? data.env_name : defaultStage;
}

/**
 * Finds the API of the gateway triggers that a call reaches. Of several, one that matches the whole path goes before one that matches the
 * start of it, then the longer path, then the one with a text where the other has a parameter, then one that names the method.
 */
export function findApi(triggers: Iterable<ProjectTrigger>, call: ApiCall): ApiMatch {
  const candidates: (FoundApi & { readonly rank: Rank })[] = [];
  const methods = new Set<string>();
  for (const each of triggers) {
    const { trigger } = each;
    if (!isPublished(trigger, call)) continue;
    const pathParameters = matchPath(trigger.data, call.segments);
    if (!pathParameters) continue;
    const method = String(trigger.data.req_method);
    methods.add(method);
    if (method === "ANY" || method === call.method)
      candidates.push({ api: each, pathParameters, rank: rankOf(trigger.data) });
  }
  const [best] = candidates.sort((a, b) => compare(a.rank, b.rank));
  return best ?? { api: undefined, methods: [...methods].sort() };
}

function isPublished({ type, status, data }: TriggerRecord, { group, stage }: ApiCall): boolean {
  return (
    triggerRule(type).gateway === true &&
    status === "ACTIVE" &&
    (group === undefined || data.group_id === group) &&
    stageOf(data) === stage
  );
}

/** The parts of a path between its slashes; one at the end adds none. */
function partsOf(path: unknown): string[] {
  return String(path)
    .split("/")
    .filter((part, index, all) => index > 0 && (part !== "" || index < all.length - 1));
}

const parameterOf = (part: string): string | undefined => /^\{([^{}]+)\}$/.exec(part)?.[1];

/** The values of the parameters; with prefix match the rest of the path has the empty name. None when the path does not match. */
function matchPath(data: EventData, segments: readonly string[]): Record<string, string> | undefined {
  const parts = partsOf(data.path);
  const prefix = data.match_mode === "SWA";
  if (segments.length < parts.length || (!prefix && segments.length > parts.length)) return undefined;
  const values: [string, string][] = [];
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? "";
    const name = parameterOf(part);
    if (name !== undefined && segment !== "") values.push([name, segment]);
    else if (part !== segment) return undefined;
  }
  if (prefix) values.push(["", segments.slice(parts.length).join("/")]);
  return Object.fromEntries(values);
}

type Rank = readonly (number | string)[];

function rankOf(data: EventData): Rank {
  const parts = partsOf(data.path);
  // 0 for a text and 1 for a parameter, from left to right.
  const kinds = parts.map((part) => (parameterOf(part) === undefined ? "0" : "1")).join("");
  return [data.match_mode === "SWA" ? 1 : 0, -parts.length, kinds, data.req_method === "ANY" ? 1 : 0];
}

function compare(a: Rank, b: Rank): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? value;
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}
