/** An error that prints, and becomes JSON, as its name, message and plain fields; what else it holds stays inside. */
export class SafeError extends Error {
  constructor(message: string, options?: ErrorOptions, fields?: object) {
    super(message, options);
    Object.assign(this, fields);
    // What Node, Deno and Bun print in place of everything that can be reached.
    Object.defineProperty(this, Symbol.for("nodejs.util.inspect.custom"), {
      value: () => `${this.stack?.replace(/^Error/, this.name)} ${JSON.stringify(this)}`,
    });
  }

  toJSON(): object {
    return { ...this, message: this.message };
  }
}
