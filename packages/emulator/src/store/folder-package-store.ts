import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { diskFullError } from "./disk-full-error.ts";
import { makeFolder } from "./make-folder.ts";
import { contentOf, unfinishedContent } from "./own-content.ts";
import type { PackageStore, StoredPackage } from "./package-store.ts";
import { defaultGrace, type PackageStoreOptions } from "./package-store-options.ts";
import { sha512 } from "./sha512.ts";
import { syncFolder } from "./sync-folder.ts";

/**
 * Packages as files named after their digest, in folders named after its first two digits. A file gets its name once its bytes are on the
 * disk, so that a crash leaves a whole package or none. One process at a time; `openDataFolder` sees to that.
 */
export class FolderPackageStore implements PackageStore {
  readonly #folder: string;
  readonly #unfinished: string;
  readonly #grace: number;
  readonly #now: () => number;
  /** Digest → when this process last put it. What lay here before can be referred to by no request under way. */
  readonly #put = new Map<string, number>();
  /** What is being written, so that the same bytes are written once. */
  readonly #writing = new Map<string, Promise<void>>();
  /** First two digits → their folder, there and durable. */
  readonly #folders = new Map<string, Promise<string>>();

  constructor(folder: string, { grace = defaultGrace, now = Date.now }: PackageStoreOptions = {}) {
    this.#folder = folder;
    this.#unfinished = join(folder, "unfinished");
    this.#grace = grace;
    this.#now = now;
    makeFolder(folder, 0o700);
    makeFolder(this.#unfinished, 0o700);
    // Nothing but what a crash has left of this class: somebody else may have folders of these names.
    for (const path of contentOf(this.#unfinished, unfinishedContent).own) rmSync(path, { force: true });
  }

  async put(bytes: Uint8Array): Promise<StoredPackage> {
    // A copy, as the caller may change its bytes while they are being written.
    const copy = new Uint8Array(bytes);
    const digest = await sha512(copy);
    this.#put.set(digest, this.#now());
    const writing =
      this.#writing.get(digest) ?? this.#write(digest, copy).finally(() => this.#writing.delete(digest));
    this.#writing.set(digest, writing);
    try {
      await writing;
    } catch (error) {
      throw diskFullError(error, this.#folder) ?? error;
    }
    this.#put.set(digest, this.#now());
    return { digest, size: copy.byteLength };
  }

  async get(digest: string): Promise<Uint8Array | undefined> {
    const bytes = await this.#read(digest);
    if (bytes && (await sha512(bytes)) !== digest) {
      throw new Error(
        `The stored package ${this.#path(digest)} is damaged: its bytes have another digest. Upload it again.`,
      );
    }
    return bytes;
  }

  has(digest: string): boolean {
    return isDigest(digest) && existsSync(this.#path(digest));
  }

  list(): StoredPackage[] {
    const digests = readdirSync(this.#folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name.length === 2)
      .flatMap(({ name }) => readdirSync(join(this.#folder, name)))
      .filter(isDigest)
      .sort();
    return digests.map((digest) => ({ digest, size: statSync(this.#path(digest)).size }));
  }

  async collect(inUse: ReadonlySet<string>): Promise<number> {
    // Not one await in here: see the contract.
    const now = this.#now();
    let removed = 0;
    for (const { digest } of this.list()) {
      if (
        inUse.has(digest) ||
        this.#writing.has(digest) ||
        now - (this.#put.get(digest) ?? Number.NEGATIVE_INFINITY) < this.#grace
      )
        continue;
      rmSync(this.#path(digest), { force: true });
      this.#put.delete(digest);
      removed += 1;
    }
    return removed;
  }

  async #write(digest: string, bytes: Uint8Array): Promise<void> {
    const folder = await this.#prepare(digest.slice(0, 2));
    const there = await this.#read(digest);
    // Compared, not only found: putting a damaged package again mends it. Synced, as the process that wrote it may have ended before it did.
    if (there && Buffer.compare(there, bytes) === 0) return syncFolder(folder);
    const unfinished = join(this.#unfinished, randomUUID());
    try {
      const file = await open(unfinished, "wx", 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, this.#path(digest));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    await syncFolder(folder);
  }

  #prepare(name: string): Promise<string> {
    const known = this.#folders.get(name);
    if (known) return known;
    const path = join(this.#folder, name);
    const prepared = mkdir(path, { recursive: true, mode: 0o700 })
      .then(() => syncFolder(this.#folder))
      .then(() => path);
    this.#folders.set(name, prepared);
    prepared.catch(() => this.#folders.delete(name));
    return prepared;
  }

  async #read(digest: string): Promise<Uint8Array | undefined> {
    if (!isDigest(digest)) return undefined;
    try {
      const { buffer, byteOffset, byteLength } = await readFile(this.#path(digest));
      return new Uint8Array(buffer, byteOffset, byteLength);
    } catch (error) {
      // readFile fails with the system's error, which has a code.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  #path(digest: string): string {
    return join(this.#folder, digest.slice(0, 2), digest);
  }
}

function isDigest(text: string): boolean {
  return /^[0-9a-f]{128}$/.test(text);
}
