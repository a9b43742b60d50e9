import type { LogEntry } from "./log-entry.ts";

/** The last entries of one function's log, within a size. */
export class RecentLog {
  #entries: LogEntry[] = [];
  /** Entries before this one are given up; they are removed together, as removing each would move all others each time. */
  #first = 0;
  #size = 0;

  /** Characters of all entries. */
  get size(): number {
    return this.#size;
  }

  /** Adds an entry and gives up the oldest ones beyond so many characters; of a longer entry only the end is kept. */
  add(entry: LogEntry, most: number): void {
    const kept = entry.text.length > most ? { ...entry, text: entry.text.slice(-most) } : entry;
    this.#entries.push(kept);
    this.#size += kept.text.length;
    this.trim(most);
  }

  /** Puts older entries before all others, as far as there is room. */
  addOlder(entries: readonly LogEntry[], most: number): void {
    this.#entries = [...entries, ...this.list()];
    this.#first = 0;
    this.#size = this.#entries.reduce((size, { text }) => size + text.length, 0);
    this.trim(most);
  }

  trim(most: number): void {
    while (this.#size > most) {
      this.#size -= this.#entries[this.#first]?.text.length ?? this.#size;
      this.#first += 1;
    }
    if (this.#first < 64 || this.#first * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#first);
    this.#first = 0;
  }

  /** Oldest first. */
  list(): LogEntry[] {
    return this.#entries.slice(this.#first);
  }
}
