import { ValidationError } from "../errors/validation-error.ts";

/**
 * Throws a ValidationError for the first path that leads out of the package, or that its neighbours leave no place for.
 *
 * The paths of `folders` end with a slash.
 */
export function checkPaths(files: readonly string[], folders: readonly string[] = []): void {
  const seen = new Set<string>();
  for (const path of files) {
    checkPath(path);
    if (seen.has(path)) throw new ValidationError(path, "it is there twice; leave one of the two out");
    seen.add(path);
  }
  for (const path of folders) checkPath(path.slice(0, -1));
  for (const path of [...files, ...folders]) {
    for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) {
      const folder = path.slice(0, end);
      if (seen.has(folder))
        throw new ValidationError(
          path,
          `${folder} is a file and cannot be a folder too; rename one of the two`,
        );
    }
  }
}

function checkPath(path: string): void {
  const names = path.split("/");
  const problem =
    (path === "" && "it is empty") ||
    (/[\p{Cc}\p{Cs}]/u.test(path) && "it has a control character or half a character") ||
    (path.includes("\\") && "it has a backslash, which some systems take for a folder") ||
    (/^(?:\/|[a-z]:)/i.test(path) && "it is absolute") ||
    (names.includes("..") && "it leads out of the package") ||
    (names.some((name) => name === "" || name === ".") && "one of its names is empty or a dot");
  if (problem) throw new ValidationError(JSON.stringify(path), `${problem}; write the path as folder/file`);
}
