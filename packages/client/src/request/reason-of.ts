/** The message of an error and of what caused it, for fetch itself only says that it failed. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // An error of several addresses has no message, only a code.
  const own = error.message || String("code" in error ? error.code : error.name);
  const cause = error.cause ? reasonOf(error.cause) : "";
  return own.includes(cause) ? own : `${own}: ${cause}`;
}
