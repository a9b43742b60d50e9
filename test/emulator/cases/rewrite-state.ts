import { createHash } from "node:crypto";
import type { World } from "./world.ts";

/** A stored document, as snapshots have it. */
export interface StoredDocument {
  readonly collection: string;
  readonly project: string;
  readonly id: string;
  readonly value: unknown;
}

/** Changes what is stored by way of a snapshot, for states that no operation leads to. */
export async function rewriteState(
  world: World,
  change: (document: StoredDocument) => StoredDocument,
  added: readonly StoredDocument[] = [],
): Promise<void> {
  const { packages, number, documents } = read(await collect(world.emulator.snapshot()));
  const changed = [...documents.map(change), ...added];
  const body = Buffer.concat([packages, ...changed.map((document) => line({ document }))]);
  const sha512 = createHash("sha512").update(body).digest("hex");
  await world.emulator.restore(
    pieces(body, line({ end: { packages: number, documents: changed.length, sha512 } })),
  );
}

interface Snapshot {
  /** The first line and all packages. */
  readonly packages: Buffer;
  /** Of the packages. */
  readonly number: number;
  readonly documents: readonly StoredDocument[];
}

function read(snapshot: Buffer): Snapshot {
  const documents: StoredDocument[] = [];
  let number = 0;
  let packages = snapshot.indexOf("\n") + 1;
  for (let at = packages; at < snapshot.length; ) {
    const next = snapshot.indexOf("\n", at) + 1;
    const content = JSON.parse(snapshot.toString("utf8", at, next));
    at = next + (content.package?.size ?? 0);
    if (content.package) {
      packages = at;
      number += 1;
    }
    if (content.document) documents.push(content.document);
  }
  return { packages: snapshot.subarray(0, packages), number, documents };
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of source) all.push(piece);
  return Buffer.concat(all);
}

async function* pieces(...all: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all;
}

function line(content: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(content)}\n`);
}
