import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { SandboxLevel } from "../../sandbox/contract.ts";
import type { Workplace } from "../contract.ts";
import { isPlainPath } from "../plain-path.ts";
import type { Interpreters } from "./interpreters.ts";

/** The program of a package that brings its own runtime. */
export type Bootstrap =
  | { readonly found: true; readonly executable: boolean; readonly advice: string }
  /** Sentences on what is there instead. */
  | { readonly found: false; readonly advice: string };

/** Texts larger than this are no scripts. */
const mostText = 1024 * 1024;
const servicePaths = /\/opt\/function\/(?:code(?![\w-])|runtime\/[\w.]+\/rtsp\/[\w/]*\w)/g;

/**
 * Looks for `bootstrap` in the root of a package. Where functions see this machine's own paths, it also replaces those that the script names
 * and that only the service has: the code folder's and the interpreters'.
 */
export async function prepareBootstrap(
  { folder, codeFolder, seen }: Workplace,
  level: SandboxLevel,
  { mapped, broken }: Interpreters,
): Promise<Bootstrap> {
  const path = join(codeFolder, "bootstrap");
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile()) return { found: false, advice: await findInstead(codeFolder) };
  const executable = (stats.mode & 0o111) !== 0;
  const bytes = stats.size > mostText ? Buffer.alloc(0) : await readFile(path);
  if (bytes.includes(0)) return { found: true, executable, advice: "" };
  const text = bytes.toString();
  const missing = (text.match(servicePaths) ?? []).filter(
    (named) => named.includes("/rtsp/") && mapped[named] === undefined,
  );
  const advice = [
    ...(text.includes("\r\n")
      ? ["bootstrap has Windows line ends (CRLF), which Linux takes for part of names; save it with LF."]
      : []),
    ...missing.map(
      (named) =>
        `bootstrap calls ${named}, for which ${broken[named] ?? "there is no program, nor does the service have one there"}.`,
    ),
  ];
  if (level === "process") {
    const here = new Map([["/opt/function/code", seen.code]]);
    for (const named of new Set(text.match(servicePaths)))
      if (mapped[named] !== undefined)
        here.set(named, await plainPathOf(mapped[named], join(folder, "programs", String(here.size))));
    const adapted = text.replace(servicePaths, (named) => here.get(named) ?? named);
    if (adapted !== text) {
      // Neither the file nor its folder is to be written to, by whomever else.
      await chmod(codeFolder, 0o755);
      await rm(path);
      await writeFile(path, adapted, { mode: stats.mode & 0o777 });
      await chmod(codeFolder, 0o555);
    }
  }
  return { found: true, executable, advice: advice.join("\n") };
}

/** A path of a program that can stand in a script as it is: its own, or that of a link in a folder that is made for it. */
async function plainPathOf(program: string, folder: string): Promise<string> {
  if (isPlainPath(program)) return program;
  const name = basename(program);
  const link = join(folder, isPlainPath(name) ? name : "program");
  await mkdir(folder, { recursive: true });
  await symlink(program, link);
  return link;
}

/** Says what a package without a bootstrap has that may have been meant. */
async function findInstead(codeFolder: string): Promise<string> {
  const rule = "The package must have a file called bootstrap in its root.";
  const entries = await readdir(codeFolder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.isDirectory()) {
      const inside = await readdir(join(codeFolder, entry.name)).catch((): string[] => []);
      if (inside.includes("bootstrap"))
        return `${rule} It has ${entry.name}/bootstrap: pack the content of ${entry.name}, not the folder itself.`;
    } else if (/^bootstrap(?:\.\w+)?$/i.test(entry.name)) return `${rule} It has ${entry.name}: rename it.`;
  }
  return rule;
}
