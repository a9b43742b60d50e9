import type { ErrorCode, KnownTrigger } from "@functiongraph/types";

/** What the documents say about a type of triggers. */
export interface TriggerRule {
  /** Refusal of settings that are wrong, unless a field has a code of its own. */
  readonly invalid: ErrorCode;
  /** Refusal when there is no such trigger. */
  readonly missing: ErrorCode;
  /** Puts the function behind an API; HTTP functions take no others. */
  readonly gateway?: true;
  /** Fetches its events, and so counts against the limit of FSS.1123. */
  readonly polls?: true;
  readonly canBeDisabled?: true;
  /** Does nothing until it is enabled, unless the request that creates it says otherwise. */
  readonly startsDisabled?: true;
  /** What the configuration of the function must hold before. */
  readonly needs?: "agency" | "vpc";
}

const plain: TriggerRule = { invalid: "FSS.0400", missing: "FSS.1131" };
const gateway: TriggerRule = { invalid: "FSS.1107", missing: "FSS.1138", gateway: true };
const kafka: TriggerRule = { invalid: "FSS.1112", missing: "FSS.1174", polls: true, needs: "vpc" };

/** The types that the description knows. */
export type KnownTriggerType = KnownTrigger["trigger_type_code"];

const rules: Readonly<Record<KnownTriggerType, TriggerRule>> = {
  TIMER: { invalid: "FSS.1109", missing: "FSS.1140", canBeDisabled: true },
  APIG: gateway,
  DEDICATEDGATEWAY: { ...gateway, invalid: "FSS.1417" },
  APIC: gateway,
  OBS: { invalid: "FSS.1106", missing: "FSS.1136" },
  SMN: { invalid: "FSS.1102", missing: "FSS.1132" },
  KAFKA: { ...kafka, canBeDisabled: true, startsDisabled: true },
  OPENSOURCEKAFKA: kafka,
  ROCKETMQ: { ...plain, polls: true, needs: "vpc" },
  RABBITMQ: { ...plain, polls: true, needs: "vpc" },
  DMS: { ...plain, polls: true, needs: "agency", canBeDisabled: true },
  DIS: { ...plain, polls: true, needs: "agency" },
  LTS: { ...plain, needs: "agency", canBeDisabled: true },
  CTS: plain,
  DDS: { ...plain, polls: true, needs: "vpc", canBeDisabled: true, startsDisabled: true },
  GAUSSMONGO: { ...plain, polls: true, needs: "vpc" },
  EVENTGRID: plain,
  IOTDA: plain,
};

/** Whether the documents know a type. */
export function isKnownType(type: string): type is KnownTriggerType {
  return Object.hasOwn(rules, type);
}

/** The rules of a type; those of a type that no document knows are the plain ones. */
export function triggerRule(type: string): TriggerRule {
  return isKnownType(type) ? rules[type] : plain;
}

/** Whether a text can be a type at all: the service adds types, and all of them are in capitals. */
export function couldBeType(type: string): boolean {
  return /^[A-Z][A-Z0-9_]{0,63}$/.test(type);
}
