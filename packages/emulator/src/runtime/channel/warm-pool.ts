import { clearTimeout, setTimeout } from "node:timers";

/** Something that is made ahead of its use and ends by itself or at once. */
export interface Poolable {
  /** Resolves when it can be used. */
  readonly ready: Promise<void>;
  readonly ended: Promise<unknown>;
  /** Whether it has ended. */
  readonly isOver: () => boolean;
  discard(): void;
}

/** Milliseconds that the first calls of what was taken have for themselves: a start costs as much time as many of them. */
const patience = 100;

/** Keeps a few of something expensive ready, and makes the next a moment after the last was taken. */
export class WarmPool<T extends Poolable> {
  readonly #make: () => Promise<T>;
  readonly #size: number;
  #kept: T[] = [];
  #making = 0;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param size how many are kept; 0 keeps none */
  constructor(size: number, make: () => Promise<T>) {
    this.#size = size;
    this.#make = make;
  }

  /** One that is ready, or else a new one, which may still be on its way. */
  async take(): Promise<T> {
    const one = this.#kept.shift();
    this.#fillLater();
    if (one && !one.isOver()) return one;
    return one ? this.take() : this.#make();
  }

  /** Makes as many as are missing, at once. */
  fill(): void {
    while (!this.#closed && this.#kept.length + this.#making < this.#size) {
      this.#making += 1;
      void this.#add();
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const one of this.#kept.splice(0)) one.discard();
  }

  #fillLater(): void {
    // While there are some left, each that is taken gets the time anew.
    if (this.#timer && this.#kept.length > 0) this.#timer.refresh();
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.fill();
    }, patience).unref();
  }

  async #add(): Promise<void> {
    try {
      const one = await this.#make();
      await one.ready;
      if (this.#closed) {
        one.discard();
        return;
      }
      this.#kept.push(one);
      void one.ended.then(() => {
        this.#kept = this.#kept.filter((other) => other !== one);
      });
    } catch {
      // What cannot be made ahead fails with its reason when it is needed.
    } finally {
      this.#making -= 1;
    }
  }
}
