export const sandboxChoices = ["auto", "namespaces", "process"] as const;
export type SandboxChoice = (typeof sandboxChoices)[number];

/** How functions run. */
export interface RunnerOptions {
  /**
   * `namespaces` gives each instance files, processes and limits of its own, `process` limits only; `auto`, the default, takes the first
   * where the machine allows it. The level that is in force is in `/_emulator/health`.
   */
  readonly sandbox?: SandboxChoice;
  /**
   * Programs by runtime (`Python3.9`), by language and first number (`Python3`), or by language (`Python`), the most exact of which counts:
   * paths, or names to be looked for in PATH. Those of this machine otherwise.
   */
  readonly programs?: Readonly<Record<string, string>>;
  /** Instances of all functions at once. Default: 100. A call above it waits for one. */
  readonly maxInstances?: number;
  /** Seconds that an instance is kept without calls. Default: 60. */
  readonly idleSeconds?: number;
  /** Seconds that a call waits for an instance before it is refused with 429. Default: 60. */
  readonly queueSeconds?: number;
  /** Processes per runtime that are started before they are needed. Default: 2. */
  readonly warm?: number;
  /**
   * `own`, the default, gives each instance of an `http` function a network with nothing but its own 127.0.0.1, so that several can serve
   * port 8000 at once; they reach other hosts through an HTTP proxy that HTTP_PROXY and HTTPS_PROXY announce. With `host` they share this
   * machine's network, and one can run at a time.
   */
  readonly httpNetwork?: "own" | "host";
}
