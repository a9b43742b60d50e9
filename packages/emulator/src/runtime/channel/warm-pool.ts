/** Something that is made ahead of its use and ends by itself or at once. */
export interface Poolable {
  /** Resolves when it can be used. */
  readonly ready: Promise<void>;
  readonly ended: Promise<unknown>;
  /** Whether it has ended. */
  readonly isOver: () => boolean;
  discard(): void;
}

/** Keeps a few of something expensive ready, and makes the next whenever one is taken. */
export class WarmPool<T extends Poolable> {
  readonly #make: () => Promise<T>;
  readonly #size: number;
  #kept: T[] = [];
  #making = 0;
  #closed = false;

  /** @param size how many are kept; 0 keeps none */
  constructor(size: number, make: () => Promise<T>) {
    this.#size = size;
    this.#make = make;
  }

  /** One that is ready, or else a new one, which may still be on its way. */
  async take(): Promise<T> {
    const one = this.#kept.shift();
    // The next one is made after what is to be done with this one.
    setImmediate(() => this.fill());
    if (one && !one.isOver()) return one;
    return one ? this.take() : this.#make();
  }

  /** Makes as many as are missing. */
  fill(): void {
    while (!this.#closed && this.#kept.length + this.#making < this.#size) {
      this.#making += 1;
      void this.#add();
    }
  }

  close(): void {
    this.#closed = true;
    for (const one of this.#kept.splice(0)) one.discard();
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
