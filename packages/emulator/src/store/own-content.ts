import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";

/** One kind of entry that the emulator makes in a folder of its own. */
export interface OwnEntry {
  readonly name: RegExp;
  readonly kind: "file" | "folder";
  /** What a folder has in it; whatever it has, if absent. */
  readonly inside?: readonly OwnEntry[];
}

/** What the emulator makes in the folder `runtime` of a data folder. */
export const runtimeContent: readonly OwnEntry[] = [
  { name: /^places$/, kind: "folder", inside: [{ name: /^[0-9a-f]{32}$/, kind: "folder" }] },
  { name: /^code$/, kind: "folder", inside: [{ name: /^[0-9a-f]{40}(?:\.[0-9a-f]{8})?$/, kind: "folder" }] },
  { name: /^sandbox$/, kind: "folder", inside: [{ name: /^(?:passwd|group)$/, kind: "file" }] },
];

/** What it makes in `packages/unfinished`. */
export const unfinishedContent: readonly OwnEntry[] = [
  { name: /^[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}$/, kind: "file" },
];

/** What it makes in the folder `packages`. */
export const packagesContent: readonly OwnEntry[] = [
  { name: /^[0-9a-f]{2}$/, kind: "folder" },
  { name: /^unfinished$/, kind: "folder", inside: unfinishedContent },
];

/** Paths in a folder, told apart by whose they are. */
export interface ContentFound {
  /** Files and folders that the emulator made, which are its to remove. */
  readonly own: readonly string[];
  /** Folders around those: its own as well, but they may have something else in them. */
  readonly around: readonly string[];
  /** What it did not make. */
  readonly foreign: readonly string[];
}

/**
 * Looks at what is in a folder, by names that nobody else gives. Links are followed nowhere. What begins with a dot is nobody's: file managers
 * and network file systems leave such files everywhere.
 * @throws the system's error for what is no folder, or may not be read
 */
export function contentOf(folder: string, expected: readonly OwnEntry[]): ContentFound {
  const found = { own: [] as string[], around: [] as string[], foreign: [] as string[] };
  collect(folder, expected, found);
  return found;
}

function collect(
  folder: string,
  expected: readonly OwnEntry[],
  found: Readonly<Record<keyof ContentFound, string[]>>,
): void {
  for (const entry of entriesOf(folder)) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    const known = expected.find(({ name, kind }) => name.test(entry.name) && kind === kindOf(entry));
    if (!known) found.foreign.push(path);
    else if (!known.inside) found.own.push(path);
    else {
      collect(path, known.inside, found);
      found.around.push(path);
    }
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    // Another emulator may just be removing it. readdirSync fails with the system's error, which has a code.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function kindOf(entry: Dirent): OwnEntry["kind"] | undefined {
  if (entry.isDirectory()) return "folder";
  return entry.isFile() ? "file" : undefined;
}
