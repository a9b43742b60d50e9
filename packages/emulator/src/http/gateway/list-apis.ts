import { boundUrn, waitsForFunction } from "../../core/firing/binding.ts";
import { stageOf } from "../../core/firing/find-api.ts";
import type { TriggerIndex } from "../../core/firing/trigger-index.ts";
import { triggerRule } from "../../core/triggers/trigger-rules.ts";
import { gatewaySegment } from "./gateway-path.ts";

/** An API of a gateway trigger and where it is to be called. */
export interface ListedApi {
  readonly url: string;
  /** `GET` …, or `ANY`. */
  readonly method: string;
  /** `NORMAL` matches the whole path, `SWA` the start of it. */
  readonly match_mode: string;
  readonly auth: string;
  /** To be sent as `X-Stage`, unless it is RELEASE. */
  readonly stage: string;
  readonly invocation_type: "sync" | "async";
  readonly function_urn: string;
  readonly project_id: string;
  readonly trigger_id: string;
  readonly trigger_type_code: string;
}

/** A path as it is written in an address; parameters such as `{id}` are left to be replaced. */
function written(path: string): string {
  return path
    .split("/")
    .map((part) => (/^\{[^{}]+\}$/.test(part) ? part : encodeURIComponent(part)))
    .join("/");
}

/** The APIs of all active gateway triggers, by their addresses. @param base address of the emulator. */
export function listApis(triggers: TriggerIndex, region: string, base: string): ListedApi[] {
  const apis: ListedApi[] = [];
  for (const { project, trigger } of triggers.all()) {
    const { data, type, id, status } = trigger;
    if (!triggerRule(type).gateway || status !== "ACTIVE") continue;
    apis.push({
      url: `${base}/${gatewaySegment}/${encodeURIComponent(String(data.group_id))}${written(String(data.path))}`,
      method: String(data.req_method),
      match_mode: String(data.match_mode),
      auth: String(data.auth),
      stage: stageOf(data),
      invocation_type: waitsForFunction(trigger) ? "sync" : "async",
      function_urn: boundUrn(region, project, trigger),
      project_id: project,
      trigger_id: id,
      trigger_type_code: type,
    });
  }
  const order = (api: ListedApi): string => `${api.url} ${api.method}`;
  return apis.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
