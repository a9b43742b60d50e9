import { type Poolable, WarmPool } from "../channel/warm-pool.ts";

/** Milliseconds that the first calls of what was taken have for themselves. */
const patience = 100;

/**
 * A pool that makes its next ones a moment after the last was taken: the start of an interpreter takes as much time as ten first calls, which
 * would wait for it when many are taken at once.
 */
export class PatientPool<T extends Poolable> extends WarmPool<T> {
  #timer: NodeJS.Timeout | undefined;

  /** Makes what is missing at once. */
  fillNow(): void {
    super.fill();
  }

  override fill(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      super.fill();
    }, patience).unref();
  }

  override close(): void {
    clearTimeout(this.#timer);
    super.close();
  }
}
