// Runs before anything is installed: plain JavaScript, Node's own modules only.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Ends the process with one sentence when this Node.js is too old. */
export function requireNode(version = process.versions.node) {
  const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).engines.node.replace(">=", "");
  const [major, minor] = version.split(".").map(Number);
  const [needMajor, needMinor] = wanted.split(".").map(Number);
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  console.error(
    `functiongraph needs Node.js ${wanted} or newer, and this is ${version}: install a newer one, for example with \`nvm install 22\`.`,
  );
  process.exit(1);
}

/** Says why the dependencies must be installed, or nothing when they are in place. */
export function reasonToInstall(folder = root) {
  const installed = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return "node_modules is missing";
  if (statSync(installed).mtimeMs < statSync(join(folder, "package-lock.json")).mtimeMs) {
    return "node_modules is older than package-lock.json";
  }
  return undefined;
}

/** Installs the dependencies when they are missing or outdated, and says so. */
export function ensureInstalled() {
  requireNode();
  const reason = reasonToInstall();
  if (!reason) return;
  console.log(`Installing dependencies, because ${reason} (npm ci) …`);
  const npm = spawnSync("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (npm.error || npm.status !== 0) {
    console.error(
      "The installation failed; its own message stands above. Run `npm ci` by hand for the full output, then try again.",
    );
    process.exit(1);
  }
}
