/** The numbered lines that a fixture has printed, without those that were cut. */
export function linesOf(log: string): readonly string[] {
  return log.split("\n").filter((line) => /^line \d{5} äöü$/.test(line));
}
