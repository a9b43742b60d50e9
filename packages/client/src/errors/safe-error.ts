const inspect: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** An error that prints, and becomes JSON, as its name, message and plain fields; what else it holds stays inside. */
export class SafeError extends Error {
  toJSON(): object {
    return { ...this, message: this.message };
  }

  /** What Node, Deno and Bun print. */
  [inspect](): string {
    return `${this.stack?.replace(/^Error/, this.name)} ${JSON.stringify(this)}`;
  }
}
