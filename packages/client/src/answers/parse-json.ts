/** The value that a text is the JSON of; undefined, which JSON cannot say, when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
