import { type ErrorCode, errors } from "@functiongraph/types/errors";
import type { Route } from "../routing/route.ts";

/** Where in a request a fault lies. */
export type Place = "path" | "query" | "header" | "body";

/** One code, or one for each keyword of JSON Schema, with `else` for the rest. */
type Choice = ErrorCode | Readonly<Record<string, ErrorCode>>;

/** By field; a field without a row of its own has that of the field around it. */
const bodyCodes: Readonly<Record<string, Choice>> = {
  func_name: "FSS.1002",
  handler: "FSS.1003",
  package: "FSS.1004",
  runtime: "FSS.1005",
  code_type: "FSS.1006",
  memory_size: "FSS.1007",
  timeout: "FSS.1008",
  user_data: { maxLength: "FSS.1018", else: "FSS.1009" },
  encrypted_user_data: { maxLength: "FSS.1018", else: "FSS.1009" },
  code_url: "FSS.1010",
  code_filename: "FSS.1013",
  func_code: { required: "FSS.1012", else: "FSS.1011" },
  depend_version_list: "FSS.1024",
  depend_list: "FSS.1024",
  description: "FSS.1019",
  xrole: "FSS.1021",
  app_xrole: "FSS.1021",
  custom_image: "FSS.1034",
  "custom_image.uid": "FSS.1075",
  "custom_image.gid": "FSS.1075",
  "mount_config.mount_user": "FSS.1075",
  "mount_config.func_mounts": { maxItems: "FSS.1049", else: "FSS.0400" },
  initializer_handler: "FSS.1404",
  initializer_timeout: "FSS.1405",
  strategy_config: "FSS.1026",
  max_instance_num: "FSS.1026",
  count: "FSS.1026",
  version: "FSS.1015",
  additional_version_weights: "FSS.1092",
  additional_version_strategy: "FSS.1091",
  depend_type: "FSS.1032",
  depend_file: "FSS.1024",
  depend_link: "FSS.1010",
  file_type: "FSS.1013",
  file_name: "FSS.1013",
  file_code: "FSS.1011",
  trigger_type_code: "FSS.1101",
};

/** Fields that mean something else in some operations. */
const bodyCodesOf: Readonly<Record<string, Readonly<Record<string, Choice>>>> = {
  createVersionAlias: { name: "FSS.1014" },
  createEvent: { name: "FSS.1074", content: "FSS.1074" },
  updateEvent: { content: "FSS.1074" },
  createDependency: { name: "FSS.1024" },
  createDependencyVersion: { name: "FSS.1024" },
  updateDependency: { name: "FSS.1024" },
};

/** What `event_data` answers with, by the type of the trigger. */
const triggerCodes: Readonly<Record<string, ErrorCode>> = {
  SMN: "FSS.1102",
  OBS: "FSS.1106",
  APIG: "FSS.1107",
  APIC: "FSS.1107",
  DEDICATEDGATEWAY: "FSS.1417",
  TIMER: "FSS.1109",
  KAFKA: "FSS.1112",
  OPENSOURCEKAFKA: "FSS.1112",
};

/**
 * The code that a fault in a request answers with: the documented one of the field where the operation declares it,
 * else FSS.0400.
 * @param triggerType the trigger type that the request names, if any.
 */
export function errorCodeOf(
  route: Route,
  place: Place,
  field: string,
  keyword: string,
  triggerType?: string,
): ErrorCode {
  const code =
    place === "body"
      ? bodyCode(route, field.replace(/\[\d+\]/g, ""), keyword, triggerType)
      : parameterCode(place, field);
  return code && declares(route, code) ? code : "FSS.0400";
}

function declares(route: Route, code: ErrorCode): boolean {
  return errors[code].common || route.errors.includes(code);
}

function parameterCode(place: Place, field: string): ErrorCode | undefined {
  if (/^(function_urn|func_urn|urn)$/.test(field)) return "FSS.1309";
  return place === "query" ? "FSS.1001" : undefined;
}

function bodyCode(
  route: Route,
  field: string,
  keyword: string,
  triggerType: string | undefined,
): ErrorCode | undefined {
  if (field === "event_data" || field.startsWith("event_data."))
    return eventDataCode(field, keyword, triggerType);
  const parts = field.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join(".");
    const choice = own(bodyCodesOf[route.id] ?? {}, name) ?? own(bodyCodes, name);
    if (typeof choice === "string") return choice;
    if (choice) return own(choice, keyword) ?? choice.else;
  }
  return undefined;
}

function eventDataCode(
  field: string,
  keyword: string,
  triggerType: string | undefined,
): ErrorCode | undefined {
  if (field === "event_data.name" && keyword === "maxLength") return "FSS.1317";
  if (triggerType === "CTS" && field === "event_data.name") return "FSS.1312";
  if (triggerType === "CTS" && field === "event_data.operations") return "FSS.1314";
  return own(triggerCodes, triggerType ?? "");
}

/** A row of a table; names such as `constructor`, which every object inherits, are none. */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
