import { open } from "node:fs/promises";

/** Makes the names in a folder durable: a file may be synced and its name still lost with the power. */
export async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders, and keeps names safe by itself.
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
