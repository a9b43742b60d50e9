/** The error that fetch rejects with, saying what was attempted and, unlike fetch's own, what went wrong; the query is left out, for it may be long. */
export function failure(method: string, url: URL, cause: unknown): TypeError {
  // A host with several addresses fails with an AggregateError, whose own message is empty.
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  const reason = first instanceof Error ? first.message : String(first);
  return new TypeError(`${method} ${url.origin}${url.pathname}: ${reason}`, { cause });
}
