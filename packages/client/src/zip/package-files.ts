/** The content of a file: bytes, or text whose UTF-8 is meant. */
export type FileContent = string | Uint8Array;

/** A file with its Unix permissions. */
export interface PackageFile {
  readonly content: FileContent;
  /** The nine permission bits, 0o644 by default; 0o755 for what is to be executed, as the `bootstrap` of a custom runtime. */
  readonly mode?: number | undefined;
}

/** Files by their paths inside the package, with `/` between folders: a record, a Map, or any list of pairs. */
export type PackageFiles =
  | Readonly<Record<string, FileContent | PackageFile>>
  | Iterable<readonly [string, FileContent | PackageFile]>;

/** The files of a package that was read, in its order; they can be packed again as they are. */
export type UnpackedFiles = Map<string, { content: Uint8Array<ArrayBuffer>; mode: number }>;

/** Called after each piece of work with the bytes of content that are done and those that there are in all. */
export type OnProgress = (done: number, total: number) => void;
