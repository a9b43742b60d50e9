import type { PackageStore } from "./store/package-store.ts";
import type { Store } from "./store/store.ts";

/** Removes the packages that no stored document names. Resolves with their number. */
export function collectPackages(store: Store, packages: PackageStore): Promise<number> {
  const inUse = new Set<string>();
  // Whatever looks like a SHA-512 counts: a package too many does no harm, one too few would.
  for (const { value } of store.documents())
    for (const digest of JSON.stringify(value).match(/[0-9a-f]{128}/g) ?? []) inUse.add(digest);
  return packages.collect(inUse);
}
