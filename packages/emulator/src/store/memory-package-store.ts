import type { PackageStore, StoredPackage } from "./package-store.ts";
import { defaultGrace, type PackageStoreOptions } from "./package-store-options.ts";
import { sha512 } from "./sha512.ts";

/** Packages that live and end with the process. */
export class MemoryPackageStore implements PackageStore {
  readonly #packages = new Map<string, { readonly bytes: Uint8Array; readonly at: number }>();
  readonly #grace: number;
  readonly #now: () => number;

  constructor({ grace = defaultGrace, now = Date.now }: PackageStoreOptions = {}) {
    this.#grace = grace;
    this.#now = now;
  }

  async put(bytes: Uint8Array): Promise<StoredPackage> {
    const copy = new Uint8Array(bytes);
    const digest = await sha512(copy);
    this.#packages.set(digest, { bytes: copy, at: this.#now() });
    return { digest, size: copy.byteLength };
  }

  async get(digest: string): Promise<Uint8Array | undefined> {
    const found = this.#packages.get(digest);
    return found && new Uint8Array(found.bytes);
  }

  has(digest: string): boolean {
    return this.#packages.has(digest);
  }

  list(): StoredPackage[] {
    return [...this.#packages]
      .map(([digest, { bytes }]) => ({ digest, size: bytes.byteLength }))
      .sort((a, b) => (a.digest < b.digest ? -1 : 1));
  }

  async collect(inUse: ReadonlySet<string>): Promise<number> {
    const before = this.#packages.size;
    for (const [digest, { at }] of this.#packages) {
      if (!inUse.has(digest) && this.#now() - at >= this.#grace) this.#packages.delete(digest);
    }
    return before - this.#packages.size;
  }
}
