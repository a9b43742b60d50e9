// `npm run lint:spec`: Redocly with our plugin, on the sources and on the bundle. Further arguments go to Redocly (`--format=github-actions`).
import { spawnSync } from "node:child_process";
import { ensureInstalled, root } from "./lib/ensure-installed.mjs";
import { lintCommand } from "./lib/lint-command.mjs";
import { quietEnvironment, turboQuietly } from "./lib/turbo.mjs";

ensureInstalled();
const built = turboQuietly("run", "build", "--filter=@functiongraph/lint", "--filter=@functiongraph/spec");
if (built.status !== 0) {
  const plugin = turboQuietly("run", "build", "--filter=@functiongraph/lint");
  if (plugin.status !== 0) {
    console.error(`${plugin.output}\nThe lint plugin does not build: mend packages/lint first.`);
    process.exit(1);
  }
}
// Sources that cannot be bundled are linted all the same: Redocly then tells why, with file and line.
const descriptions = built.status === 0 ? ["spec/openapi.yaml", "spec/dist/openapi.yaml"] : ["spec/openapi.yaml"];
const { command, args } = lintCommand(descriptions);
const lint = spawnSync(command, [...args, ...process.argv.slice(2)], { cwd: root, stdio: "inherit", env: quietEnvironment });
process.exit(lint.status === 0 && built.status === 0 ? 0 : 1);
