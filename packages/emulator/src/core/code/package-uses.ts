import { collection, type Reader, type Writer } from "../../store/store.ts";

/** Who refers to a package; the identifiers `<digest>:<project>:<owner>` say it all, so that a use can be noted twice without harm. */
const packageUses = collection<{ readonly size: number }>("package-use");

// Packages belong to no project: two that are the same bytes are stored once.
const nobody = "";

const useKey = (digest: string, project: string, owner: string): string => `${digest}:${project}:${owner}`;

/**
 * Notes that a document refers to a package; in the transaction that stores the document.
 * @param owner what refers to it, unique in the project, such as `version:default:hello:latest` or `dependency:<id>`.
 * @param size of the package in bytes.
 */
export function usePackage(tx: Writer, project: string, owner: string, digest: string, size: number): void {
  tx.put(packageUses, nobody, useKey(digest, project, owner), { size });
}

/** Takes back what `usePackage` noted; in the transaction that removes or changes the document. */
export function dropPackage(tx: Writer, project: string, owner: string, digest: string): void {
  tx.delete(packageUses, nobody, useKey(digest, project, owner));
}

/** The SHA-512 of every package that some document refers to: what `PackageStore.collect` has to keep. */
export function digestsInUse(tx: Reader): Set<string> {
  return new Set(tx.list(packageUses, nobody).map(({ id }) => id.slice(0, id.indexOf(":"))));
}

/** Forgets the uses of one project, whose documents are removed all at once. */
export function dropPackagesOfProject(tx: Writer, project: string): void {
  for (const { id } of tx.list(packageUses, nobody)) {
    if (id.slice(id.indexOf(":") + 1).startsWith(`${project}:`)) tx.delete(packageUses, nobody, id);
  }
}
