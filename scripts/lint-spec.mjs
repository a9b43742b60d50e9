// `npm run lint:spec`: Redocly with our plugin, on the sources and on the bundle. Further arguments go to Redocly (`--format=github-actions`).
import { ensureInstalled } from "./lib/ensure-installed.mjs";
import { lintDescriptions } from "./lib/lint-descriptions.mjs";
import { turboQuietly } from "./lib/turbo.mjs";

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
const descriptions =
  built.status === 0 ? ["spec/openapi.yaml", "spec/dist/openapi.yaml"] : ["spec/openapi.yaml"];
const lint = lintDescriptions(descriptions, process.argv.slice(2));
process.stdout.write(lint.output);
process.exit(built.status === 0 && lint.status === 0 ? 0 : 1);
