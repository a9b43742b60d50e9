import { delimiter, isAbsolute } from "node:path";

/** Where the system's programs are, also where PATH does not say so: development environments and services start programs with little in it. */
export const usualPlaces: readonly string[] = ["/usr/local/bin", "/usr/bin", "/bin"];

/** The emulator's PATH with the usual places behind it, for programs that start the system's programs by name. */
export function programPath(): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...usualPlaces];
  return [...new Set(folders.filter((folder) => isAbsolute(folder)))].join(delimiter);
}
