// Writes the routes and validators of packages/emulator from spec/dist.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { distFolder, root } from "./lib/paths.ts";
import { runCommand, UserError } from "./lib/user-error.ts";
import { compileValidators } from "./lib/validators/index.ts";

await runCommand(async () => {
  const modules = Object.entries(compileValidators(read("openapi.json")));
  const emulator = join(root, "packages", "emulator");
  write(join(emulator, "src", "generated"), modules);
  // tsc compiles TypeScript and leaves the JavaScript beside it where it is.
  write(
    join(emulator, "dist", "generated"),
    modules.filter(([name]) => name.endsWith(".js")),
  );
  return 0;
});

function write(folder: string, modules: readonly (readonly [name: string, text: string])[]): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of modules) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function read(name: string) {
  try {
    return JSON.parse(readFileSync(join(distFolder, name), "utf8"));
  } catch {
    throw new UserError(`spec/dist/${name} is missing: run \`npm run build\`, which makes the bundle first.`);
  }
}
