import { statfsSync } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Workplace } from "../runtime/contract.ts";

/** Knows whether a function has filled its /tmp. */
export interface DiskUse {
  /** Looks, if it is time to, and tells what is known then. */
  isFull(): boolean;
}

/** A folder is counted again after so many milliseconds, or later where counting takes long. */
const countedEveryMs = 500;
const shareOfTime = 20;
const mebibyte = 1024 * 1024;

/** What runs in which place uses which disk. */
const uses = new WeakMap<Workplace, DiskUse>();

/** Makes known what tells whether the /tmp of a place is full. */
export function setDiskUse(place: Workplace, use: DiskUse): void {
  uses.set(place, use);
}

/** Whether the function in a place has filled its /tmp, so that no other call could use it. */
export function isDiskFull(place: Workplace): boolean {
  return uses.get(place)?.isFull() ?? false;
}

/** A /tmp that is a file system of its own of so many MB, which takes a few microseconds to ask. */
export function sizedDisk(folder: () => string | undefined, megabytes: number): DiskUse {
  return {
    isFull() {
      const path = folder();
      if (path === undefined) return false;
      try {
        const { bavail, blocks, bsize } = statfsSync(path);
        // At its beginning a process still sees this machine's /tmp.
        return bavail === 0 && blocks * bsize === megabytes * mebibyte;
      } catch {
        // The process has ended.
        return false;
      }
    },
  };
}

/**
 * A /tmp that is a folder like others, whose files are counted now and then while nobody waits for it.
 * @param onFull told when there is more than so many MB
 */
export function countedDisk(folder: string, megabytes: number, onFull: () => void): DiskUse {
  let full = false;
  let counting = false;
  let due = 0;
  const count = async (): Promise<void> => {
    const start = performance.now();
    counting = true;
    full = (await bytesIn(folder, megabytes * mebibyte)) > megabytes * mebibyte;
    counting = false;
    const end = performance.now();
    due = end + Math.max(countedEveryMs, shareOfTime * (end - start));
    if (full) onFull();
  };
  return {
    isFull() {
      if (!counting && !full && performance.now() >= due) void count();
      return full;
    },
  };
}

/** Bytes that the files of a folder take, without links; it may stop counting once there are more than `most`. */
async function bytesIn(folder: string, most: number): Promise<number> {
  let bytes = 0;
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (bytes > most) return bytes;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await bytesIn(path, most - bytes);
    // A file may have gone meanwhile, and one with holes takes less than its length.
    else
      bytes += await lstat(path).then(
        ({ blocks }) => blocks * 512,
        () => 0,
      );
  }
  return bytes;
}
