import { createHash } from "node:crypto";

/** How many words in a row count as copied. */
export const runLength = 9;
const hashBytes = 6;

/** The words of a text in lower case, markup and punctuation dropped. */
export function wordsOf(text: string): string[] {
  return (
    text
      .replace(/<[^>]+>/g, " ")
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/[a-z0-9_.'-]*[a-z0-9]/g) ?? []
  );
}

/** One hash for each run of nine words. */
export function* shinglesOf(text: string): Generator<{ readonly hash: string; readonly words: string }> {
  const words = wordsOf(text);
  for (let start = 0; start + runLength <= words.length; start++) {
    const run = words.slice(start, start + runLength).join(" ");
    yield {
      hash: createHash("sha256")
        .update(run)
        .digest("hex")
        .slice(0, hashBytes * 2),
      words: run,
    };
  }
}

/** Packs the hashes of texts: the texts cannot be read back, a copied run is recognised all the same. */
export function pack(texts: readonly string[]): Buffer {
  const hashes = new Set(texts.flatMap((text) => [...shinglesOf(text)].map(({ hash }) => hash)));
  return Buffer.from([...hashes].sort().join(""), "hex");
}

/** The set of hashes that `pack` made. */
export function unpack(packed: Buffer): Set<string> {
  const hex = packed.toString("hex");
  return new Set(
    Array.from({ length: hex.length / (hashBytes * 2) }, (_, index) =>
      hex.slice(index * hashBytes * 2, (index + 1) * hashBytes * 2),
    ),
  );
}
