/** A mistake in the options, in one sentence with the remedy. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}
