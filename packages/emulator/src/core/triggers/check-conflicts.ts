import type { ErrorCode } from "@functiongraph/types";
import { errors } from "@functiongraph/types/errors";
import { ServiceError } from "../service-error.ts";
import { obsEvents } from "./event-data/obs-event.ts";
import type { TriggerRecord } from "./records.ts";
import { triggerRule } from "./trigger-rules.ts";

/**
 * Holds a trigger that is created or changed against the others of its project.
 * @param others without the trigger itself.
 * @throws ServiceError FSS.1108, FSS.1147, FSS.1307 always, FSS.1141, FSS.1145, FSS.1146, FSS.1148, FSS.1150 on creation; where a change
 * runs into one of the latter, the code of the type's wrong settings, as no document has another one.
 */
export function checkConflicts(
  trigger: TriggerRecord,
  others: readonly TriggerRecord[],
  creating: boolean,
): void {
  const siblings = others.filter((other) => isSibling(trigger, other));
  const exists = (code: ErrorCode, why: string): ServiceError =>
    refusal(creating ? code : triggerRule(trigger.type).invalid, why);
  const { type } = trigger;
  if (type === "TIMER") checkName(trigger, siblings, creating ? "FSS.1148" : "FSS.1307");
  else if (type === "SMN") checkTopic(trigger, siblings, exists);
  else if (type === "KAFKA" || type === "OPENSOURCEKAFKA") checkKafka(trigger, siblings, exists);
  else if (type === "OBS") checkBucket(trigger, siblings, others, creating);
  else if (type === "CTS") checkName(trigger, siblings, "FSS.1307");
  else if (triggerRule(type).gateway) checkGateway(trigger, siblings, others, creating);
}

type Exists = (code: ErrorCode, why: string) => ServiceError;

function isSibling(trigger: TriggerRecord, other: TriggerRecord): boolean {
  return (
    other.type === trigger.type &&
    other.package === trigger.package &&
    other.name === trigger.name &&
    other.qualifier === trigger.qualifier
  );
}

function refusal(code: ErrorCode, why: string): ServiceError {
  return new ServiceError(code, `${errors[code].message} ${why}`);
}

function text(trigger: TriggerRecord, field: string): string {
  const value = trigger.data[field];
  return typeof value === "string" ? value : "";
}

function texts(trigger: TriggerRecord, field: string): readonly string[] {
  const value = trigger.data[field];
  return Array.isArray(value) ? value.filter((entry: unknown) => typeof entry === "string") : [];
}

function checkName(trigger: TriggerRecord, siblings: readonly TriggerRecord[], code: ErrorCode): void {
  const name = text(trigger, "name");
  const same = name === "" ? undefined : siblings.find((other) => text(other, "name") === name);
  if (same)
    throw refusal(code, `Trigger ${same.id} of this version or alias has the name ${JSON.stringify(name)}.`);
}

function checkTopic(trigger: TriggerRecord, siblings: readonly TriggerRecord[], exists: Exists): void {
  const same = siblings.find((other) => text(other, "topic_urn") === text(trigger, "topic_urn"));
  if (same) throw exists("FSS.1141", `Trigger ${same.id} of this version or alias has the same topic_urn.`);
}

function checkKafka(trigger: TriggerRecord, siblings: readonly TriggerRecord[], exists: Exists): void {
  const source = (of: TriggerRecord): string => text(of, "instance_id") || text(of, "kafka_connect_address");
  const topics = texts(trigger, "topic_ids");
  const same = siblings.find(
    (other) =>
      source(other) === source(trigger) && texts(other, "topic_ids").some((topic) => topics.includes(topic)),
  );
  if (same)
    throw exists(
      "FSS.1150",
      `Trigger ${same.id} of this version or alias has one of the topic_ids of the same instance.`,
    );
}

function checkBucket(
  trigger: TriggerRecord,
  siblings: readonly TriggerRecord[],
  others: readonly TriggerRecord[],
  creating: boolean,
): void {
  const twin = siblings.find((other) => filter(other) === filter(trigger));
  if (creating && twin)
    throw refusal(
      "FSS.1145",
      `Trigger ${twin.id} of this version or alias has the same bucket, events, prefix and suffix.`,
    );
  checkName(trigger, siblings, "FSS.1307");
  const overlapping = others.find((other) => other.type === "OBS" && overlaps(trigger, other));
  if (overlapping) {
    throw refusal(
      "FSS.1108",
      `Trigger ${overlapping.id} of function ${overlapping.package}:${overlapping.name}:${overlapping.qualifier} watches the same objects.`,
    );
  }
}

function filter(trigger: TriggerRecord): string {
  const fields = ["bucket", "prefix", "suffix"].map((field) => text(trigger, field));
  return JSON.stringify([fields, [...texts(trigger, "events")].sort()]);
}

function overlaps(a: TriggerRecord, b: TriggerRecord): boolean {
  const events = new Set(texts(a, "events").flatMap((event) => obsEvents(event) ?? []));
  const [prefixA, prefixB, suffixA, suffixB] = [
    text(a, "prefix"),
    text(b, "prefix"),
    text(a, "suffix"),
    text(b, "suffix"),
  ];
  return (
    text(a, "bucket") === text(b, "bucket") &&
    texts(b, "events").some((event) => obsEvents(event)?.some((single) => events.has(single))) &&
    (prefixA.startsWith(prefixB) || prefixB.startsWith(prefixA)) &&
    (suffixA.endsWith(suffixB) || suffixB.endsWith(suffixA))
  );
}

function checkGateway(
  trigger: TriggerRecord,
  siblings: readonly TriggerRecord[],
  others: readonly TriggerRecord[],
  creating: boolean,
): void {
  checkName(trigger, siblings, creating ? "FSS.1146" : "FSS.1307");
  const methods = (of: TriggerRecord): string => text(of, "req_method");
  const same = others.find(
    (other) =>
      triggerRule(other.type).gateway &&
      text(other, "group_id") === text(trigger, "group_id") &&
      text(other, "path") === text(trigger, "path") &&
      (methods(other) === methods(trigger) || methods(other) === "ANY" || methods(trigger) === "ANY"),
  );
  if (!same) return;
  throw refusal(
    "FSS.1147",
    `Trigger ${same.id} of function ${same.package}:${same.name}:${same.qualifier} has path ${JSON.stringify(text(trigger, "path"))} in this group.`,
  );
}
