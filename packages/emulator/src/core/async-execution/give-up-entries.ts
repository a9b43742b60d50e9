import type { App } from "../app.ts";
import { giveUp } from "./conclude-attempt.ts";
import type { QueueEntry } from "./queue-entry.ts";
import { queuedRequests } from "./queue-records.ts";

/** Gives up those that are still in the store, in one transaction. */
export function giveUpEntries(
  app: Pick<App, "store" | "clock" | "region">,
  entries: readonly QueueEntry[],
): void {
  const at = app.clock.now();
  app.store.write((tx) => {
    for (const { project, key, requestId } of entries) {
      const record = tx.get(queuedRequests, project, key);
      if (record?.requestId === requestId) giveUp(tx, { region: app.region, project, at }, record);
    }
  });
}
