import type { App } from "../app.ts";
import { aliases, aliasKey } from "../functions/records.ts";
import type { ReservationRecord } from "./records.ts";

/** How many instances are kept at the moment of the version that a reservation is for. */
export function keptNow(
  app: App,
  project: string,
  { package: pkg, name, qualifier }: ReservationRecord,
): number {
  const version =
    "version" in qualifier
      ? qualifier.version
      : app.store.read((tx) => tx.get(aliases, project, aliasKey(pkg, name, qualifier.alias))?.version);
  const counts = app.runner
    .instances()
    .filter(({ spec }) => spec.projectId === project && spec.package === pkg && spec.name === name)
    .filter(({ spec }) => spec.version === version);
  return counts.reduce((sum, { reserved }) => sum + reserved, 0);
}
