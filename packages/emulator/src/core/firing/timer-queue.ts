/** Something that is due at a time, in milliseconds since 1970. */
interface Due<T> {
  readonly at: number;
  /** Position in the order of adding, for those of the same time. */
  readonly order: number;
  readonly item: T;
}

/** Items by the time when they are due, the earliest first, those of the same time in the order of adding: a binary heap. */
export class TimerQueue<T> {
  readonly #heap: Due<T>[] = [];
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  first(): { readonly at: number; readonly item: T } | undefined {
    return this.#heap[0];
  }

  add(at: number, item: T): void {
    const heap = this.#heap;
    const due = { at, order: this.#added++, item };
    let place = heap.push(due) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (!parent || isBefore(parent, due)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = due;
  }

  removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let place = 0;
    for (;;) {
      const child = earlier(heap, 2 * place + 1, 2 * place + 2);
      const below = heap[child];
      if (!below || isBefore(last, below)) break;
      heap[place] = below;
      place = child;
    }
    heap[place] = last;
  }

  clear(): void {
    this.#heap.length = 0;
  }
}

function isBefore<T>(a: Due<T>, b: Due<T>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function earlier<T>(heap: readonly Due<T>[], left: number, right: number): number {
  const [a, b] = [heap[left], heap[right]];
  return a && b && isBefore(b, a) ? right : left;
}
