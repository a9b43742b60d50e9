import type { AdditionalVersionStrategy, FuncLogConfig, FunctionConfig } from "@functiongraph/types";
import { type Collection, collection } from "../../store/store.ts";

/** A function as a whole; its states are in `versions`, `latest` among them. Stored under `functionKey`. */
export interface FunctionRecord {
  readonly package: string;
  readonly name: string;
  readonly functionId: string;
  /** Position in the order of creation; lists follow it. */
  readonly sequence: number;
  readonly createdAt: string;
}

/** The configuration and the code of a function in one version. Stored under `versionKey`, by `putVersion` alone. */
export interface VersionRecord {
  readonly version: string;
  /**
   * As the API shows it, without what is computed on reading (`func_urn`, `cpu`, `dependencies`, nulls). `encrypted_user_data` is here
   * in plain text, for the function to read, and is never shown.
   */
  readonly config: FunctionConfig;
  /** SHA-512 of the code package; absent for images. An inline source text is its own package. */
  readonly codeDigest?: string;
  /** Bytes of the package. */
  readonly codeSize: number;
  /** Method of a Java function that runs after a restore from a snapshot; answers do not show it. */
  readonly restoreHook?: { readonly handler: string; readonly timeout?: number };
  /** Where the logs go, with the names that the configuration does not show. */
  readonly logConfig?: FuncLogConfig;
  /** Counts the changes of code or configuration. */
  readonly revision: number;
  /** Fingerprint of the state that was published last (FSS.1016); in `latest` only. */
  readonly publishedFingerprint?: string;
  /** Position in the order of publication, from 1; absent in `latest`. */
  readonly publication?: number;
  /** When this version came to be or, for `latest`, last changed. */
  readonly lastModified: string;
}

/** A named pointer to a version. Stored under `aliasKey`. */
export interface AliasRecord {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly lastModified: string;
  readonly weights?: Readonly<Record<string, number>>;
  readonly strategy?: AdditionalVersionStrategy;
}

export const functions: Collection<FunctionRecord> = collection<FunctionRecord>("function");
export const versions: Collection<VersionRecord> = collection<VersionRecord>("version");
export const aliases: Collection<AliasRecord> = collection<AliasRecord>("alias");

/** The version that is being worked on; every other one is published. */
export const latest = "latest";

// Names hold no colon, so that a prefix ending in one finds exactly what belongs to a function.
export const functionKey = (pkg: string, name: string): string => `${pkg}:${name}`;
export const versionKey = (pkg: string, name: string, version: string): string => `${pkg}:${name}:${version}`;
export const aliasKey = (pkg: string, name: string, alias: string): string => `${pkg}:${name}:${alias}`;
