import { type Collection, collection, type Json, type Reader } from "../../store/store.ts";
import type { Qualifier } from "../functions/urn.ts";

/** Settings of a trigger: those of the request that its type knows, secrets among them, and those that the service sets. */
export type EventData = { readonly [field: string]: Json | undefined };

export type TriggerStatus = "ACTIVE" | "DISABLED";

/** What invokes a version or alias of a function. Stored under `triggerKey`. */
export interface TriggerRecord {
  readonly id: string;
  readonly type: string;
  readonly status: TriggerStatus;
  readonly data: EventData;
  /** Function that the trigger belongs to. */
  readonly package: string;
  readonly name: string;
  /** Version (`latest`) or alias (`!prod`) that the trigger belongs to. */
  readonly qualifier: string;
  /** Position in the order of creation within the version or alias. */
  readonly sequence: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Milliseconds since 1970 when it last became active or got another schedule; intervals of a timer count from here. */
  readonly activeSince: number;
}

export const triggers: Collection<TriggerRecord> = collection("trigger");

/** A qualifier as it stands in keys and records: `v1`, `!prod`. */
export const qualifierText = (qualifier: Qualifier): string =>
  "alias" in qualifier ? `!${qualifier.alias}` : qualifier.version;

// No part holds a colon, so that a prefix ending in one finds exactly what belongs to a function, version or alias.
export const functionPrefix = (pkg: string, name: string): string => `${pkg}:${name}:`;
export const holderPrefix = (pkg: string, name: string, qualifier: string): string =>
  `${pkg}:${name}:${qualifier}:`;
export const triggerKey = (trigger: TriggerRecord): string =>
  `${holderPrefix(trigger.package, trigger.name, trigger.qualifier)}${trigger.id}`;

/** The triggers of one version (`v1`) or alias (`!prod`), in the order of their creation. */
export function triggersOf(
  tx: Reader,
  project: string,
  pkg: string,
  name: string,
  qualifier: string,
): TriggerRecord[] {
  const entries = tx.list(triggers, project, { prefix: holderPrefix(pkg, name, qualifier) });
  return entries.map(({ value }) => value).sort((a, b) => a.sequence - b.sequence);
}

/** The triggers of all functions of a project. */
export function triggersOfProject(tx: Reader, project: string): TriggerRecord[] {
  return tx.list(triggers, project).map(({ value }) => value);
}
