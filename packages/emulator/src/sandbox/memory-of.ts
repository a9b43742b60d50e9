import { readFileSync } from "node:fs";
import { readProc } from "./read-proc.ts";

const mebibyte = 1024 * 1024;
let knownPageSize: number | undefined;

/**
 * MB of memory that the processes of these folders of /proc have for themselves: heaps, stacks, buffers, shared memory, but not the pages of
 * programs and libraries, which lie in memory once for all who run them. Near the limit it is looked at closely, which takes longer.
 */
export function memoryOf(folders: readonly string[], limitMb: number = Number.POSITIVE_INFINITY): number {
  let own = 0;
  let resident = 0;
  for (const folder of folders) {
    // Pages: size resident shared text library data dirty.
    const [, residentPages = 0, sharedPages = 0] = (readProc(`${folder}/statm`) ?? "").split(" ").map(Number);
    own += Math.max(residentPages - sharedPages, 0);
    resident += residentPages;
  }
  if ((resident * pageSize()) / mebibyte <= limitMb) return (own * pageSize()) / mebibyte;
  const rough = sumOf(folders, "status", /^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm) ?? 0;
  if (rough <= limitMb) return rough;
  // A process that has just forked has each page twice: the share of each, which the kernel counts page by page, is what they really use.
  return sumOf(folders, "smaps_rollup", /^Pss_(?:Anon|Shmem):\s+(\d+) kB$/gm) ?? rough;
}

/** MB that all lines of a kind tell together, undefined when there is none. */
function sumOf(folders: readonly string[], file: string, line: RegExp): number | undefined {
  let kilobytes: number | undefined;
  for (const folder of folders)
    for (const [, value] of (readProc(`${folder}/${file}`) ?? "").matchAll(line))
      kilobytes = (kilobytes ?? 0) + Number(value);
  return kilobytes === undefined ? undefined : kilobytes / 1024;
}

/** Bytes in a page, from the auxiliary vector that the kernel gives to every process: pairs of a key and a value. */
function pageSize(): number {
  if (knownPageSize !== undefined) return knownPageSize;
  knownPageSize = 4096;
  try {
    const words = readFileSync("/proc/self/auxv");
    for (let at = 0; at + 16 <= words.length; at += 16)
      // AT_PAGESZ
      if (words.readBigUInt64LE(at) === 6n) knownPageSize = Number(words.readBigUInt64LE(at + 8));
  } catch {
    // The usual size it is.
  }
  return knownPageSize;
}
