import { ValidationError } from "../errors/validation-error.ts";
import { bytesOf } from "./bytes-of.ts";
import { checkPaths } from "./check-paths.ts";
import type { PackageFiles } from "./package-files.ts";

/** A file as it goes into a ZIP file. */
export interface ListedFile {
  readonly name: Uint8Array;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly mode: number;
}

const plainFile = 0o644;
/** More entries, or more bytes in one, would need ZIP64; both are far above what the service takes. */
const maxFiles = 65_534;
const maxSize = 0xffff_fffe;

/** The files to pack, sorted by path so that their order in the record does not matter; throws a ValidationError for what cannot be packed. */
export function listFiles(files: PackageFiles): ListedFile[] {
  const pairs = [...(Symbol.iterator in files ? files : Object.entries(files))];
  pairs.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  if (pairs.length === 0)
    throw new ValidationError("files", "there are none; a package needs at least the handler's file");
  if (pairs.length > maxFiles)
    throw new ValidationError("files", `${pairs.length} are more than the ${maxFiles} a ZIP file can hold`);
  checkPaths(pairs.map(([path]) => path));
  return pairs.map(([path, file]) => {
    const { content, mode = plainFile } =
      typeof file === "string" || file instanceof Uint8Array ? { content: file } : file;
    if (!(mode >= 0 && mode <= 0o777)) {
      throw new ValidationError(
        path,
        `its mode is 0o${mode.toString(8)}, not permissions; write 0o755 or 0o644 (of a stat, mode & 0o777)`,
      );
    }
    const bytes = bytesOf(content);
    if (bytes.length > maxSize)
      throw new ValidationError(path, "it is larger than the 4 GiB that a ZIP file can hold");
    const name = bytesOf(path);
    if (name.length > 0xffff)
      throw new ValidationError("files", `a path has ${name.length} bytes, more than 65535; shorten it`);
    return { name, content: bytes, mode };
  });
}
