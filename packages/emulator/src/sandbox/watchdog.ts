/** What the watchdog looks at. */
export interface Watched {
  /** Measures, and acts when it is too much. */
  check(): void;
}

const intervalMs = 20;
/** Looks without anything to see before the timer is given up: calls come and go faster than timers are worth making. */
const idleLooks = 50;

/** Looks at the memory of busy instances, all with one timer that keeps no program alive. */
export class Watchdog {
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | undefined;
  #idle = 0;

  add(watched: Watched): void {
    this.#watched.add(watched);
    if (this.#timer) return;
    this.#idle = 0;
    this.#timer = setInterval(() => this.#look(), intervalMs);
    this.#timer.unref();
  }

  delete(watched: Watched): void {
    this.#watched.delete(watched);
  }

  close(): void {
    this.#watched.clear();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    this.#idle = this.#watched.size === 0 ? this.#idle + 1 : 0;
    if (this.#idle > idleLooks) this.close();
    for (const watched of this.#watched) watched.check();
  }
}
