import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const require = createRequire(import.meta.url);
const attw = join(dirname(require.resolve("@arethetypeswrong/cli/package.json")), "dist", "index.js");

/** What publint says of an unpacked package. */
export async function publintFindings(folder: string): Promise<string[]> {
  const { messages, pkg } = await publint({ pkgDir: folder, pack: false, strict: true });
  return messages
    .filter(({ type }) => type !== "suggestion")
    .map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

/** What attw says of the types in a tarball for ES modules; nothing when all is well. */
export function typesFindings(tarball: string): string {
  const options = ["--profile", "esm-only", "--no-definitely-typed", "--no-color", "--no-emoji"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [attw, tarball, ...options], {
    encoding: "utf8",
  });
  return status === 0 ? "" : stdout + stderr;
}

/** Files that a package should have and has not, and files that no user needs. */
export function fileFindings(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const missing = ["LICENSE", "README.md"].filter((name) => !files.includes(name));
  const needless = files.filter((name) => /\.(test|test-d|spec)\.|(?<!\.d)\.ts$/.test(name));
  return [
    ...missing.map((name) => `${name} is missing`),
    ...needless.map((name) => `${name} does not belong in it`),
    ...files.filter((name) => /\.(js|ts|css)$/.test(name)).flatMap((name) => mapFindings(folder, name)),
  ];
}

/** Source maps that lead to files which are not in the package. */
function mapFindings(folder: string, name: string): string[] {
  const [, map] = /^\/[/*]# sourceMappingURL=(\S+)/m.exec(readFileSync(join(folder, name), "utf8")) ?? [];
  if (!map || map.startsWith("data:")) return [];
  const path = join(folder, dirname(name), map);
  if (!existsSync(path)) return [`${name} leads to the missing source map ${map}`];
  const { sources = [], sourcesContent = [] } = JSON.parse(readFileSync(path, "utf8"));
  return sources
    .filter((source: string, i: number) => !sourcesContent[i] && !existsSync(join(dirname(path), source)))
    .map((source: string) => `${map} leads to the missing source ${source}`);
}
