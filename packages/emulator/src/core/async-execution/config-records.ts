import type { FuncAsyncDestinationConfig } from "@functiongraph/types";
import { type Collection, collection, type Reader } from "../../store/store.ts";
import { versionKey } from "../functions/records.ts";

/** How asynchronous requests to one version are treated. Stored under `versionKey`. */
export interface AsyncConfigRecord {
  readonly version: string;
  /** Seconds for which a request may wait or be tried again. */
  readonly maxAge: number;
  /** Attempts after the first. */
  readonly maxRetries: number;
  readonly destinations?: FuncAsyncDestinationConfig;
  /** Whether the states of requests are recorded. */
  readonly statusLog: boolean;
  /** Where those records go as well, as the request named it. */
  readonly logPlace?: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly lastModified: string;
}

export const asyncConfigs: Collection<AsyncConfigRecord> = collection("async-config");

/** What holds for a version that has no settings of its own. */
export const asyncDefaults: Pick<AsyncConfigRecord, "maxAge" | "maxRetries" | "statusLog"> = {
  maxAge: 3600,
  maxRetries: 1,
  statusLog: false,
};

/** The settings that a version has of its own. */
export function asyncConfigOf(
  tx: Reader,
  project: string,
  pkg: string,
  name: string,
  version: string,
): AsyncConfigRecord | undefined {
  return tx.get(asyncConfigs, project, versionKey(pkg, name, version));
}
