let second = Number.NaN;
let text = "";

/**
 * A moment in UTC as `20191115T033655Z`; throws a RangeError for an invalid date.
 *
 * The last answer is kept, since requests come in bursts and writing a date takes a fifth of a signature's time.
 */
export function sdkDate(date: Date): string {
  const wanted = Math.floor(date.getTime() / 1000);
  if (wanted !== second) {
    text = date.toISOString().replace(/[-:]|\.\d+/g, "");
    second = wanted;
  }
  return text;
}
