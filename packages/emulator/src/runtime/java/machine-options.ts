/** MB that a Java machine needs beside its heap: classes, compiled code, threads, buffers. */
const ownMb = 56;

/** MB of heap for a function with so much memory: 64 of 128, 424 of 512, 3784 of 4096. */
export function heapMb(memoryMb: number): number {
  return Math.max(Math.floor(memoryMb - ownMb - memoryMb / 16), 16);
}

/**
 * Options of the Java machine of a function: one that starts fast and stays small. It ends at once when the heap is full, with the exit code 3,
 * as a function that goes on with what is left of it can do anything.
 * @param temporary the function's /tmp as it sees it
 */
export function machineOptions(memoryMb: number, temporary: string): string[] {
  return [
    `-Xmx${heapMb(memoryMb)}m`,
    // Memory counts from when it is committed, not from when it is used; Java's own default is a 64th of the machine's.
    `-Xms${Math.min(16, heapMb(memoryMb))}m`,
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xshare:auto",
    "-XX:+ExitOnOutOfMemoryError",
    // Figures for tools of the same machine, which would lie in the function's /tmp.
    "-XX:-UsePerfData",
    `-XX:ErrorFile=${temporary}/hs_err.log`,
    "-Dfile.encoding=UTF-8",
    `-Djava.io.tmpdir=${temporary}`,
    `-Duser.home=${temporary}`,
  ];
}

/** Exit code of a Java machine whose heap is full, by the option above. */
export const heapFullCode = 3;
