/** What is used of Node's `process`, which Deno, Bun and some workers have as well. */
interface HostProcess {
  readonly env?: Readonly<Record<string, string | undefined>>;
  getBuiltinModule?(name: string): unknown;
}

/**
 * The process that this program is, undefined in a browser.
 *
 * Built-in modules are asked of it and not imported, so that a bundle made for a browser needs none of them.
 */
export function hostProcess(): HostProcess | undefined {
  // `as`: the global object has `process` only where there is one.
  return (globalThis as { process?: HostProcess }).process;
}
