import { createHash } from "node:crypto";
import type { VersionRecord } from "./records.ts";

// What differs between two deployments of the same makes no change.
const volatile = new Set(["version", "version_description", "last_modified", "image_name"]);

/** A digest of code and configuration: equal for two states between which nothing has changed. */
export function fingerprint({ config, codeDigest, restoreHook, logConfig }: VersionRecord): string {
  const settings = Object.fromEntries(
    Object.entries(config).filter(([key, value]) => !volatile.has(key) && value !== null),
  );
  // The number of instances belongs to the function with all its versions.
  const strategy_config = { concurrent_num: config.strategy_config?.concurrent_num };
  const state = { ...settings, strategy_config, codeDigest, restoreHook, logConfig };
  return createHash("sha256")
    .update(JSON.stringify(sorted(state)))
    .digest("hex");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
