/** Who stands in a line, by place in the order of arrival. */
interface Standing {
  readonly sequence: number;
}

/** As many empty places at the front are given back at once. */
const mostEmpty = 1024;

/** A line in the order of arrival. Leaving it costs little, from the front and from the middle, also when hundreds of thousands stand in it. */
export class WaitingLine<T extends Standing> {
  /** Those who have left leave their place empty until it is at the front. */
  #places: (T | { readonly sequence: number; readonly left: true })[] = [];
  #front = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): T | undefined {
    const one = this.#places[this.#front];
    return one && hasLeft(one) ? undefined : one;
  }

  /** Puts one into its place; nearly always that is the end. */
  add(one: T): void {
    let place = this.#places.length;
    if (place > this.#front && (this.#places[place - 1]?.sequence ?? 0) >= one.sequence)
      place = this.#placeOf(one.sequence);
    const there = this.#places[place];
    if (there && hasLeft(there) && there.sequence === one.sequence) this.#places[place] = one;
    else this.#places.splice(place, 0, one);
    this.#size += 1;
  }

  remove(one: T): void {
    const place = this.#placeOf(one.sequence);
    if (this.#places[place] !== one) return;
    this.#places[place] = { sequence: one.sequence, left: true };
    this.#size -= 1;
    for (let front = this.#places[this.#front]; front && hasLeft(front); front = this.#places[this.#front])
      this.#front += 1;
    if (this.#front < mostEmpty || this.#front < this.#places.length / 2) return;
    this.#places = this.#places.slice(this.#front);
    this.#front = 0;
  }

  clear(): void {
    this.#places = [];
    this.#front = 0;
    this.#size = 0;
  }

  /** The first place whose sequence is no smaller. */
  #placeOf(sequence: number): number {
    let low = this.#front;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#places[middle]?.sequence ?? 0) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function hasLeft<T>(one: T | { readonly left: true }): one is { readonly left: true } {
  return typeof one === "object" && one !== null && "left" in one;
}
