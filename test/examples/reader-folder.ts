import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GuideExample } from "./guide-example.ts";

/** A folder with the files of an example and the packages that it needs. */
export interface ReaderFolder {
  /** Adds a file, or replaces one. @returns its whole path. */
  write(path: string, content: string): string;
  remove(): void;
}

/** Makes the folder that a reader of the guide has made. */
export function readerFolder({ sources }: GuideExample): ReaderFolder {
  const folder = mkdtempSync(join(tmpdir(), "functiongraph-example-"));
  const packages = join(folder, "node_modules", "@functiongraph");
  mkdirSync(packages, { recursive: true });
  for (const name of ["client", "emulator"])
    symlinkSync(
      fileURLToPath(new URL(`../../packages/${name}`, import.meta.url)),
      join(packages, name),
      "junction",
    );
  const write = (path: string, content: string): string => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  for (const [path, content] of sources) write(path, content);
  return { write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
