import { join, resolve } from "node:path";
import { DataFolderError } from "./data-folder-error.ts";
import { FolderLock } from "./folder-lock.ts";
import { FolderPackageStore } from "./folder-package-store.ts";
import type { PackageStore } from "./package-store.ts";
import type { PackageStoreOptions } from "./package-store-options.ts";
import { refuseForeign } from "./refuse-foreign.ts";
import { SqliteStore } from "./sqlite-store.ts";
import type { Store } from "./store.ts";
import { unusableFolder } from "./unusable-folder.ts";

/** All that the emulator keeps on disk. */
export interface DataFolder {
  readonly store: Store;
  readonly packages: PackageStore;
  /** What had to be repaired at opening, as sentences to log. */
  readonly notes: readonly string[];
  /** Closes the store and lets other processes have the folder. */
  close(): void;
}

/**
 * Opens a data folder, makes it if there is none, and keeps other processes out of it until it is closed or this process ends.
 * @throws DataFolderError if another process has the folder, it has what is not the emulator's in the way, or it cannot be made or used
 */
export function openDataFolder(path: string, options: PackageStoreOptions = {}): DataFolder {
  const folder = resolve(path);
  refuseForeign(folder);
  const lock = new FolderLock(folder);
  try {
    const store = new SqliteStore(join(folder, "state.db"));
    const packages = new FolderPackageStore(join(folder, "packages"), options);
    let open = true;
    const close = (): void => {
      if (!open) return;
      open = false;
      try {
        store.close();
      } finally {
        lock.release();
      }
    };
    return { store, packages, notes: store.notes, close };
  } catch (error) {
    lock.release();
    throw error instanceof DataFolderError ? error : unusableFolder(folder, error);
  }
}
