// Writes the generated sources of packages/types from spec/dist.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { distFolder, root } from "./lib/paths.ts";
import { generateTypes } from "./lib/types/index.ts";
import { runCommand, UserError } from "./lib/user-error.ts";

await runCommand(async () => {
  const folder = join(root, "packages", "types", "src", "generated");
  const modules = await generateTypes(read("openapi.json"), read("errors.json"));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, name), text);
  return 0;
});

function read(name: string) {
  try {
    return JSON.parse(readFileSync(join(distFolder, name), "utf8"));
  } catch {
    throw new UserError(`spec/dist/${name} is missing: run \`npm run build\`, which makes the bundle first.`);
  }
}
