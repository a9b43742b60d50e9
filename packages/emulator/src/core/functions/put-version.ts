import type { Reader } from "../../store/store.ts";
import { type Collection, collection, type Writer } from "../../store/store.ts";
import { dropPackage, usePackage } from "../code/package-uses.ts";
import { type VersionRecord, versionKey, versions } from "./records.ts";

/** Sums over a project, kept beside the versions so that no request has to add them up. */
interface CodeUsage {
  readonly bytes: number;
}

const usage: Collection<CodeUsage> = collection<CodeUsage>("code-usage");

/** Bytes of all code of a project, every version counted. */
export function codeBytes(tx: Reader, project: string): number {
  return tx.get(usage, project, "total")?.bytes ?? 0;
}

/** Stores a version and keeps account of its package; the only way to write `versions`. */
export function putVersion(
  tx: Writer,
  project: string,
  pkg: string,
  name: string,
  record: VersionRecord,
): void {
  const key = versionKey(pkg, name, record.version);
  const before = tx.get(versions, project, key);
  account(tx, project, key, before, record);
  tx.put(versions, project, key, record);
}

/** Removes a version and what is accounted for it. */
export function removeVersion(tx: Writer, project: string, pkg: string, name: string, version: string): void {
  const key = versionKey(pkg, name, version);
  account(tx, project, key, tx.get(versions, project, key), undefined);
  tx.delete(versions, project, key);
}

function account(
  tx: Writer,
  project: string,
  key: string,
  before: VersionRecord | undefined,
  after: VersionRecord | undefined,
): void {
  const owner = `version:${key}`;
  if (before?.codeDigest !== after?.codeDigest) {
    if (before?.codeDigest) dropPackage(tx, project, owner, before.codeDigest);
    if (after?.codeDigest) usePackage(tx, project, owner, after.codeDigest, after.codeSize);
  }
  const change = (after?.codeSize ?? 0) - (before?.codeSize ?? 0);
  if (change !== 0) tx.put(usage, project, "total", { bytes: codeBytes(tx, project) + change });
}
