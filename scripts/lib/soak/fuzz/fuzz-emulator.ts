import { createEmulator } from "../../../../packages/emulator/src/emulator.ts";
import { heapWatch } from "./heap-watch.ts";
import { type FuzzReport, runFuzz } from "./run-fuzz.ts";

/** What fuzzing an emulator came to. */
export interface FuzzResult extends FuzzReport {
  /** Answers that the emulator itself found at odds with the description. */
  readonly violations: number;
  /** Size of the heap after each thousand requests and a reset, in bytes. */
  readonly heapSizes: readonly number[];
  readonly heapGrowth: number;
}

/** Requests between two measurements of the heap. */
const pace = 1000;

/** Fuzzes a fresh emulator, whose time stands still and whose choices come from the same seed. */
export async function fuzzEmulator(options: {
  readonly seed: number;
  readonly requests: number;
  readonly onProgress?: (done: number) => void;
}): Promise<FuzzResult> {
  const { seed, requests, onProgress } = options;
  const emulator = await createEmulator({
    seed,
    time: new Date("2026-03-02T10:00:00Z"),
    validateResponses: true,
    logLevel: "silent",
  });
  const heap = heapWatch();
  try {
    const { url, projectId, token } = emulator;
    const afterEach = (done: number): void => {
      if (done % pace !== 0) return;
      emulator.reset();
      heap.measure();
      onProgress?.(done);
    };
    const report = await runFuzz({ seed, requests, url, projectId, token, afterEach });
    return {
      ...report,
      violations: emulator.violations.length,
      heapSizes: heap.sizes,
      heapGrowth: heap.growth(),
    };
  } finally {
    await emulator.close();
  }
}
