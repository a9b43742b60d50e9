import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Watches whether memory grows from one quiet moment to the next. */
export interface HeapWatch {
  /** Collects garbage and takes the size of the heap down, in bytes. */
  measure(): void;
  /** Bytes between the smallest and the last measurement, the first ones of the warm-up left out; 0 with too few of them. */
  growth(): number;
  readonly sizes: readonly number[];
}

/** Until everything that is loaded once has been. */
const warmUp = 2;

/** Makes a watch on the heap of this process. */
export function heapWatch(): HeapWatch {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const sizes: number[] = [];
  return {
    sizes,
    measure: () => {
      collect();
      sizes.push(process.memoryUsage().heapUsed);
    },
    growth: () => {
      const steady = sizes.slice(warmUp);
      return Math.max(0, (steady.at(-1) ?? 0) - Math.min(...steady, Number.POSITIVE_INFINITY));
    },
  };
}
