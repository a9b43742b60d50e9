// Writes what follows from the error catalogue and the operations: `operations` of each code, and spec/examples/errors. `--check` only compares.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "yaml";
import { bundleSources } from "./lib/bundle/bundle-sources.ts";
import { withOperations } from "./lib/errors/catalogue.ts";
import { catalogueText, errorExample } from "./lib/errors/synchronise.ts";
import { root, specFolder } from "./lib/paths.ts";
import { runCommand } from "./lib/user-error.ts";

await runCommand(async () => {
  const file = join(specFolder, "errors", "catalogue.yaml");
  const text = readFileSync(file, "utf8");
  const filled = withOperations(parse(text), bundleSources(specFolder));
  const wanted = new Map([[file, catalogueText(text, filled)]]);
  for (const [code, entry] of Object.entries({ ...filled.codes, ...filled.gateway })) {
    const example = errorExample(code, entry);
    if (example) wanted.set(join(specFolder, "examples", "errors", `${code}.yaml`), example);
  }
  const stale = [...wanted].filter(
    ([path, content]) => !existsSync(path) || readFileSync(path, "utf8") !== content,
  );
  if (process.argv.includes("--check")) {
    for (const [path] of stale) console.error(`out of date: ${relative(root, path)}`);
    if (stale.length > 0) console.error("Run `npm run sync:errors` and commit the result.");
    return stale.length > 0 ? 1 : 0;
  }
  for (const [path, content] of stale) {
    writeFileSync(path, content);
    console.log(`updated: ${relative(root, path)}`);
  }
  return 0;
});
