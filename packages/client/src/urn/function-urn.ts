/**
 * The parts of a function's URN. Which of them are there tells which of the six accepted forms it has: what a short form leaves out comes
 * from the credentials (project), is `default` (package) or is `latest` (version).
 */
export interface FunctionUrn {
  /** As `eu-de`; only with the three parts after it. */
  readonly region?: string | undefined;
  /** 32 hexadecimal digits; only with the two parts after it. */
  readonly projectId?: string | undefined;
  readonly packageName?: string | undefined;
  readonly functionName: string;
  /** A version, as `latest` or `v1`; only with a project and a package, and not beside an alias. */
  readonly version?: string | undefined;
  /** An alias, without the `!` that marks it in the URN; only with a project and a package, and not beside a version. */
  readonly alias?: string | undefined;
}
