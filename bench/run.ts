import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Runs one benchmark by its name, or all, each in a process of its own: `npm run bench -- client --rounds 15`. */
const [name, ...rest] = process.argv.slice(2);
const isNamed = name !== undefined && !name.startsWith("-");
const known = readdirSync(new URL(".", import.meta.url))
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -3));
if (isNamed && !known.includes(name))
  throw new Error(`There is no benchmark "${name}"; there is ${known.join(", ")}.`);

run("npx", ["turbo", "run", "build", "--output-logs=errors-only"]);
for (const one of isNamed ? [name] : known) {
  const file = fileURLToPath(new URL(`${one}.ts`, import.meta.url));
  run(process.execPath, [
    "--expose-gc",
    "--import",
    "tsx",
    file,
    ...(isNamed ? rest : process.argv.slice(2)),
  ]);
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
