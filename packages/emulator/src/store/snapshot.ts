import { createHash } from "node:crypto";
import type { PackageStore, StoredPackage } from "./package-store.ts";
import { SnapshotError } from "./snapshot-error.ts";
import { SnapshotReader } from "./snapshot-reader.ts";
import type { Store, StoredDocument } from "./store.ts";

/**
 * The first line of every snapshot. Each package follows as a line of JSON and its bytes, each document as a line of JSON, and at the end
 * stands a line with how many there were and the SHA-512 of all before it: whatever is cut off or altered shows.
 */
const signature = "functiongraph-snapshot 1";

type Line =
  | { readonly package: StoredPackage }
  | { readonly document: StoredDocument }
  | { readonly end: End };

interface End {
  readonly packages: number;
  readonly documents: number;
  readonly sha512: string;
}

/** What a snapshot held. */
export interface SnapshotSummary {
  readonly packages: number;
  readonly documents: number;
}

/** Writes the whole state as one stream, as it is at the first piece that is asked for. */
export async function* dump(store: Store, packages: PackageStore): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha512");
  const hashed = (piece: Uint8Array): Uint8Array => {
    hash.update(piece);
    return piece;
  };
  const documents = [...store.documents()];
  const stored = packages.list();
  yield hashed(Buffer.from(`${signature}\n`));
  for (const one of stored) {
    const bytes = await packages.get(one.digest);
    if (!bytes) throw new SnapshotError("A package was removed while the snapshot was taken. Take it again.");
    yield hashed(line({ package: one }));
    yield hashed(bytes);
  }
  for (const document of documents) yield hashed(line({ document }));
  yield line({ end: { packages: stored.length, documents: documents.length, sha512: hash.digest("hex") } });
}

/**
 * Puts the state of a snapshot in the place of the present one. Nothing changes unless the snapshot is whole; packages may have been added by
 * then, which nothing refers to.
 * @throws SnapshotError for anything but a whole snapshot of a known version
 */
export async function restore(
  store: Store,
  packages: PackageStore,
  source: AsyncIterable<Uint8Array>,
): Promise<SnapshotSummary> {
  const reader = new SnapshotReader(source);
  const first = await reader.line(100);
  if (!first.startsWith("functiongraph-snapshot "))
    throw new SnapshotError("This is no snapshot of the emulator.");
  if (first !== signature)
    throw new SnapshotError(
      `The snapshot is of another version (${first.slice(0, 60)}; this emulator knows ${signature}).`,
    );
  const documents: StoredDocument[] = [];
  let packed = 0;
  for (;;) {
    const before = reader.digest();
    const next = parse(await reader.line());
    if ("end" in next) {
      const { end } = next;
      if (
        end.sha512 !== before ||
        end.packages !== packed ||
        end.documents !== documents.length ||
        !(await reader.isAtEnd())
      )
        throw damaged();
      store.replace(documents);
      return { packages: packed, documents: documents.length };
    }
    if ("document" in next) documents.push(checked(next.document));
    else {
      const { digest } = await packages.put(await reader.bytes(next.package.size));
      if (digest !== next.package.digest) throw damaged();
      packed += 1;
    }
  }
}

function line(content: Line): Uint8Array {
  return Buffer.from(`${JSON.stringify(content)}\n`);
}

function parse(text: string): Line {
  try {
    // An object with one of the three; what is in it is checked where it is used.
    const content: unknown = JSON.parse(text);
    if (
      typeof content === "object" &&
      content !== null &&
      ["package", "document", "end"].some((key) => isObject((content as Record<string, unknown>)[key]))
    ) {
      return content as Line;
    }
  } catch {
    // Said below.
  }
  throw damaged();
}

function checked(document: StoredDocument): StoredDocument {
  const { collection, project, id, value } = document;
  if (
    typeof collection !== "string" ||
    typeof project !== "string" ||
    typeof id !== "string" ||
    value === undefined
  )
    throw damaged();
  return { collection, project, id, value };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function damaged(): SnapshotError {
  return new SnapshotError("The snapshot is damaged: it is not what was written. Nothing has been changed.");
}
