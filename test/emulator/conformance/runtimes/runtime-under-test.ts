import type { FunctionName, RuntimeName } from "../conformance-case.ts";
import type { Seen } from "../drivers/driver.ts";

/** Settings of a function, by the names of the API. */
export interface FunctionSettings {
  readonly handler: string;
  readonly timeout?: number;
  readonly memory_size?: number;
  readonly initializer_handler?: string;
  readonly initializer_timeout?: number;
  readonly xrole?: string;
  /** In place of the fixtures. */
  readonly func_code?: { readonly file: string };
}

/** A code package, as requests have it. */
export interface Packed {
  readonly code_type: "zip" | "jar";
  readonly code_filename: string;
  readonly func_code: { readonly file: string };
}

/** A runtime with its fixtures. */
export interface RuntimeUnderTest {
  readonly name: RuntimeName;
  /** As the service names it. */
  readonly runtime: string;
  readonly functions: Partial<Readonly<Record<FunctionName, FunctionSettings>>>;
  /** Why its fixtures cannot be made here. */
  readonly missing?: string | undefined;
  pack(): Promise<Packed>;
  /** The event that makes a function do something. Default: the action itself. */
  readonly eventOf?: (action: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** What the function answered, from what a caller sees. Default: the text as it is. */
  readonly textOf?: (seen: Seen) => string;
}
