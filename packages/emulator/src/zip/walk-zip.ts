import { setImmediate } from "node:timers/promises";
import { checkLinkTarget } from "./link-target.ts";
import { unpackEntry } from "./unpack-entry.ts";
import { type DirectoryEntry, readDirectory } from "./zip-directory.ts";
import type { ZipLimits } from "./zip-options.ts";

/** How many bytes are unpacked before others get their turn. */
const turn = 1024 * 1024;

/** Visits every entry of a ZIP with its bytes, or with none where `keeps` wants none; each is unpacked and checked in any case. */
export async function walkZip(
  bytes: Uint8Array,
  limits: Partial<ZipLimits> | undefined,
  keeps: boolean,
  visit: (entry: DirectoryEntry, bytes: Uint8Array) => void,
): Promise<void> {
  let sinceTurn = 0;
  for (const entry of await readDirectory(bytes, limits)) {
    const pieces: Uint8Array[] = [];
    const kept = keeps || entry.kind === "link";
    await unpackEntry(entry, (piece) => {
      if (kept) pieces.push(piece);
    });
    const unpacked = Buffer.concat(pieces);
    if (entry.kind === "link") checkLinkTarget(entry.parts, unpacked);
    visit(entry, new Uint8Array(unpacked.buffer, unpacked.byteOffset, unpacked.byteLength));
    sinceTurn += entry.size + entry.packed.length + 1024;
    if (sinceTurn > turn) {
      sinceTurn = 0;
      await setImmediate();
    }
  }
}
