import { type Collection, collection } from "../../store/store.ts";

/** A stored sample event of a function. Stored under `testEventKey`. */
export interface TestEventRecord {
  readonly id: string;
  readonly name: string;
  /** Base64, exactly as it was sent. */
  readonly content: string;
  /** Position in the order of creation within the function. */
  readonly sequence: number;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly lastModified: number;
}

export const testEvents: Collection<TestEventRecord> = collection("test-event");

export const testEventPrefix = (pkg: string, name: string): string => `${pkg}:${name}:`;
export const testEventKey = (pkg: string, name: string, id: string): string =>
  `${testEventPrefix(pkg, name)}${id}`;
