/** Bytes that are no gob, or hold what this reader does not know. */
export class GobError extends Error {
  override readonly name = "GobError";
}
