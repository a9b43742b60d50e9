import type { EntryKind } from "./path-tree.ts";
import { walkZip } from "./walk-zip.ts";
import { refusing, type ZipOptions } from "./zip-options.ts";

/** A file, folder or symbolic link of a ZIP. */
export interface ZipEntry {
  /** Relative, with `/` between its parts and none at the end; never `..`. */
  readonly path: string;
  readonly kind: EntryKind;
  /** Permission bits; 644 and 755 where the ZIP says nothing. */
  readonly mode: number;
  /** Of a link its target, of a folder none. */
  readonly bytes: Uint8Array;
}

/**
 * Reads a whole ZIP in memory. Of two entries with the same path the later one counts, as for other programs.
 * @throws what `refuse` makes of the fault, for anything but a sound ZIP within the limits that stays inside its folder
 */
export async function readZip(bytes: Uint8Array, options: ZipOptions = {}): Promise<ZipEntry[]> {
  return refusing(options, async () => {
    const entries = new Map<string, ZipEntry>();
    await walkZip(bytes, options.limits, true, ({ parts, kind, mode }, unpacked) => {
      const path = parts.join("/");
      entries.set(path, { path, kind, mode, bytes: unpacked });
    });
    return [...entries.values()];
  });
}
