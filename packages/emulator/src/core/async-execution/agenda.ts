import type { TimerClock } from "../clock.ts";

interface Appointment {
  readonly at: number;
  readonly callback: () => void;
  /** Place in the heap; -1 when it is not in it. */
  place: number;
}

/** Any number of appointments that share one timer of the clock; setting one and taking it back cost little, however many there are. */
export class Agenda {
  readonly #clock: TimerClock;
  /** A binary heap: none is earlier than the one at half its place. */
  readonly #heap: Appointment[] = [];
  /** When the clock's timer is set for. */
  #armed = Number.POSITIVE_INFINITY;
  #disarm: () => void = () => undefined;

  constructor(clock: TimerClock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#heap.length;
  }

  /** Calls back once at a time, in milliseconds since 1970; the answer takes the appointment back. */
  at(time: number, callback: () => void): () => void {
    const one: Appointment = { at: time, callback, place: this.#heap.length };
    this.#heap.push(one);
    this.#rise(one);
    this.#arm();
    return () => this.#remove(one);
  }

  /** Takes all appointments back. */
  clear(): void {
    for (const one of this.#heap) one.place = -1;
    this.#heap.length = 0;
    this.#disarm();
    this.#armed = Number.POSITIVE_INFINITY;
  }

  #arm(): void {
    const next = this.#heap[0];
    // A timer that is too early does no harm, and is cheaper than a new one for each appointment that is taken back.
    if (!next || next.at >= this.#armed) return;
    this.#disarm();
    this.#armed = next.at;
    this.#disarm = this.#clock.setTimer(new Date(next.at), () => {
      this.#armed = Number.POSITIVE_INFINITY;
      this.#keep();
    });
  }

  #keep(): void {
    const now = this.#clock.now().getTime();
    try {
      for (let next = this.#heap[0]; next && next.at <= now; next = this.#heap[0]) {
        this.#remove(next);
        next.callback();
      }
    } finally {
      this.#arm();
    }
  }

  #remove(one: Appointment): void {
    if (one.place === -1) return;
    const last = this.#heap.pop();
    if (last && last !== one) {
      this.#put(last, one.place);
      this.#rise(last);
      this.#sink(last);
    }
    one.place = -1;
  }

  #rise(one: Appointment): void {
    for (;;) {
      const above = one.place === 0 ? undefined : this.#heap[(one.place - 1) >> 1];
      if (!above || above.at <= one.at) return;
      this.#swap(above, one);
    }
  }

  #sink(one: Appointment): void {
    for (;;) {
      const left = this.#heap[2 * one.place + 1];
      const right = this.#heap[2 * one.place + 2];
      const least = right && left && right.at < left.at ? right : left;
      if (!least || least.at >= one.at) return;
      this.#swap(one, least);
    }
  }

  #swap(upper: Appointment, lower: Appointment): void {
    const place = upper.place;
    this.#put(upper, lower.place);
    this.#put(lower, place);
  }

  #put(one: Appointment, place: number): void {
    this.#heap[place] = one;
    one.place = place;
  }
}
