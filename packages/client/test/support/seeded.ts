/** Random choices that a seed repeats. */
export interface Random {
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** A text of these characters, of `min` to `max` of them. */
  text(alphabet: string, min: number, max: number): string;
}

/**
 * Runs a property `times` over, each time with choices of its own; a failure tells the seed, and `SEED=<it>` in the environment
 * repeats the run.
 */
export async function forEachSeed(
  times: number,
  property: (random: Random) => void | Promise<void>,
): Promise<void> {
  const first = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  for (let seed = first; seed < first + times; seed++) {
    try {
      await property(seeded(seed));
    } catch (cause) {
      throw new Error(`SEED=${seed} fails: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  }
}

/** The generator known as mulberry32: public domain, 32 bits of state, good enough to choose test data. */
function seeded(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
    text: (alphabet, min, max) => {
      const characters = [...alphabet];
      return Array.from(
        { length: min + below(max - min + 1) },
        () => characters[below(characters.length)],
      ).join("");
    },
  };
}
