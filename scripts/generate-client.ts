// Writes the generated sources of packages/client from spec/dist and from the declarations of packages/types.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { embedTypes, generateClient } from "./lib/client/index.ts";
import { operationsOf } from "./lib/openapi.ts";
import { distFolder, root } from "./lib/paths.ts";
import { runCommand, UserError } from "./lib/user-error.ts";

await runCommand(async () => {
  const client = join(root, "packages", "client");
  const document = json(join(distFolder, "openapi.json"));
  const catalogue = json(join(distFolder, "errors.json"));
  const codes = [...Object.keys(catalogue.codes), ...Object.keys(catalogue.gateway)].sort();
  const ids = operationsOf(document).map(({ operationId }) => operationId);
  const types = embedTypes((name) => read(join(root, "packages", "types", "dist", name)), ids, codes);

  write(join(client, "src", "generated"), generateClient(document, catalogue));
  write(join(client, "src", "generated", "types"), types);
  // The compiler reads declarations and does not copy them. What an earlier build left goes.
  const declarations = Object.entries(types).filter(([name]) => name.endsWith(".d.ts"));
  write(
    join(client, "dist"),
    Object.fromEntries(declarations.map(([name, text]) => [`generated/types/${name}`, text])),
  );
  return 0;
});

function write(folder: string, files: Readonly<Record<string, string>>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function json(path: string) {
  return JSON.parse(read(path));
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new UserError(
      `${path.slice(root.length)} is missing: run \`npm run build\`, which makes it first.`,
    );
  }
}
