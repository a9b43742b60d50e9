// How much memory the process has for itself, as the memory limit counts it (src/sandbox/memory-of.ts).
"use strict";

// As they are before a function replaces them, as packages that watch or imitate files do.
const { closeSync, openSync, readSync } = require("node:fs");
const { performance } = require("node:perf_hooks");

// Asking for it costs more than a short call, which cannot have changed it much.
const freshness = 10;
const counts = "/proc/self/statm";
const space = Buffer.alloc(256);
const pageSize = findPageSize();
let asked = -Infinity;
let bytes = 0;

/** Bytes of private memory, at most 10 ms old; of all resident memory where the system does not tell them apart. */
exports.memory = () => {
  const now = performance.now();
  if (now - asked > freshness) {
    asked = now;
    try {
      bytes = pageSize ? privatePages() * pageSize : process.memoryUsage.rss();
    } catch {
      // The function has used up its descriptors. What it had last time will do.
    }
  }
  return bytes;
};

function privatePages() {
  const [, resident, shared] = readCounts();
  return resident - shared;
}

/** Pages: size, resident, shared and more. */
function readCounts() {
  const file = openSync(counts, "r");
  try {
    return space.latin1Slice(0, readSync(file, space, 0, space.length, null)).split(" ");
  } finally {
    closeSync(file);
  }
}

/** Bytes in a page, a power of two, from two looks at the same memory; undefined where there is no /proc. */
function findPageSize() {
  try {
    const [, resident] = readCounts();
    return 2 ** Math.round(Math.log2(process.memoryUsage.rss() / resident)) || undefined;
  } catch {
    return undefined;
  }
}
