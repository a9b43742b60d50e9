/** An argument that cannot be right, found before anything is sent; the message says what is wrong with it and what to write instead. */
export class ValidationError extends Error {
  override readonly name = "ValidationError";
  /** The argument, or the part of it, that is wrong: `secretKey`, `version`, `src/index.js`. */
  readonly field: string;

  constructor(field: string, problem: string, options?: ErrorOptions) {
    super(`${field}: ${problem}`, options);
    this.field = field;
  }
}
