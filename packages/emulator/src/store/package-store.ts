/** Bytes by their SHA-512: code packages, dependency packages, exports. A package is written and synced before anything refers to it. */
export interface PackageStore {
  /** Stores bytes, unless they are there already. */
  put(bytes: Uint8Array): Promise<StoredPackage>;
  /** @throws Error if what is stored has another digest by now */
  get(digest: string): Promise<Uint8Array | undefined>;
  has(digest: string): boolean;
  /** All packages, in the order of their digests. */
  list(): StoredPackage[];
  /**
   * Removes packages that are not in use any more and tells how many; those put in the last minutes are spared, as the request that will refer to
   * them may still be running. Everything happens before it returns, so that a set read from the store just before is never out of date.
   */
  collect(inUse: ReadonlySet<string>): Promise<number>;
}

export interface StoredPackage {
  /** SHA-512 in lower-case hexadecimal digits. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}
