import type { Writer } from "../../store/store.ts";
import { putVersion } from "./put-version.ts";
import { type FunctionRecord, versionKey, versions } from "./records.ts";

/** Sets the greatest number of instances. It belongs to the function: all versions show it, and 0 disables them all. */
export function setConcurrency(
  tx: Writer,
  project: string,
  { package: pkg, name }: FunctionRecord,
  concurrency: number,
): void {
  for (const { value } of tx.list(versions, project, { prefix: versionKey(pkg, name, "") })) {
    if (value.config.strategy_config?.concurrency === concurrency) continue;
    const strategy_config = { ...value.config.strategy_config, concurrency };
    putVersion(tx, project, pkg, name, { ...value, config: { ...value.config, strategy_config } });
  }
}
