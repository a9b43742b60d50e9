import { MemoryPackageStore } from "./store/memory-package-store.ts";
import { MemoryStore } from "./store/memory-store.ts";
import type { DataFolder } from "./store/open-data-folder.ts";

/** Opens a data folder, or memory that plays one. @throws DataFolderError */
export async function openState(folder: string | undefined): Promise<DataFolder> {
  if (folder !== undefined) {
    // Without a folder no database is needed, nor the time to load it.
    const { openDataFolder } = await import("./store/open-data-folder.ts");
    return openDataFolder(folder);
  }
  const store = new MemoryStore();
  return { store, packages: new MemoryPackageStore(), notes: [], close: () => store.close() };
}
