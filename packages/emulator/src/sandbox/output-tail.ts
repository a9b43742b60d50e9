import { Transform, type TransformCallback } from "node:stream";

const keptBytes = 2048;

/** Lines with which interpreters tell that memory was not to be had, just before they end. */
const lastWords: readonly RegExp[] = [
  /JavaScript heap out of memory/,
  /^FATAL ERROR: .*(?:Allocation failed|Out of memory|OOM)/m,
  /^# Fatal (?:JavaScript|process) (?:OOM|out of memory)/m,
  /^(?:Fatal Python error: )?MemoryError/m,
  /^(?:Exception in thread .*|Caused by: |Terminating due to )?java\.lang\.OutOfMemoryError/m,
  /^terminate called after throwing an instance of 'std::bad_alloc'/m,
  /^fatal error: runtime: (?:out of memory|cannot allocate memory)/m,
  /^PHP Fatal error: {1,2}(?:Allowed memory size|Out of memory)/m,
  // PHP as well, where the system refuses memory.
  /^mmap\(\) failed: \[\d+\] .*\n+Out of memory$/m,
];

/** Lets a process's output through as it is and remembers its end. */
export class OutputTail extends Transform {
  #end: Buffer = Buffer.alloc(0);

  constructor() {
    super({ highWaterMark: 64 * 1024 });
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.#end =
      chunk.length >= keptBytes
        ? Buffer.from(chunk.subarray(-keptBytes))
        : Buffer.concat([this.#end.subarray(-(keptBytes - chunk.length)), chunk]);
    callback(null, chunk);
  }

  /** Whether the process wrote at last that it ran out of memory. */
  saysOutOfMemory(): boolean {
    const text = this.#end.toString("latin1");
    return lastWords.some((words) => words.test(text));
  }
}
