/** Where undici, Node's own and an installed one alike, keeps what sends for fetch. */
const dispatcher = Symbol.for("undici.globalDispatcher.1");

let known: unknown;
let isOwn = false;

/**
 * Tells whether the program has put a fetch of its own in place of Node's, as tests and tools for tracing do, or has told undici to send by
 * other means, such as a proxy. What it wants of fetch is then meant for the client, too.
 */
export function changedFetch(): boolean {
  const { fetch } = globalThis;
  if (fetch !== known) {
    known = fetch;
    // Node's names the module that it loads; it may have been replaced before this one was imported, so that there is nothing to compare.
    isOwn = /internal\/deps\/undici|lazyUndici/.test(Function.prototype.toString.call(fetch));
  }
  // `as`: unknown to the global object's type.
  const set = (globalThis as { [dispatcher]?: object })[dispatcher];
  return !isOwn || (set !== undefined && set.constructor.name !== "Agent");
}
