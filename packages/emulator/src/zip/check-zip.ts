import { walkZip } from "./walk-zip.ts";
import { refusing, type ZipOptions } from "./zip-options.ts";

/** What a sound ZIP holds. */
export interface ZipSummary {
  /** Paths of the files and links, in the ZIP's order. */
  readonly paths: readonly string[];
  /** Bytes of all entries together, unpacked. */
  readonly unpacked: number;
}

/**
 * Unpacks a whole ZIP without keeping its contents, to see that it is sound.
 * @throws as readZip does
 */
export async function checkZip(bytes: Uint8Array, options: ZipOptions = {}): Promise<ZipSummary> {
  return refusing(options, async () => {
    const paths = new Set<string>();
    let unpacked = 0;
    await walkZip(bytes, options.limits, false, ({ parts, kind, size }) => {
      if (kind !== "folder") paths.add(parts.join("/"));
      unpacked += size;
    });
    return { paths: [...paths], unpacked };
  });
}
