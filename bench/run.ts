import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Runs one benchmark by its name, or all, each in a process of its own: `npm run bench -- client --rounds 15`. */
const args = process.argv.slice(2);
const [name, ...rest] = args;
const isNamed = name !== undefined && !name.startsWith("-");
const known = readdirSync(new URL(".", import.meta.url))
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -3));

const usage = `npm run bench -- [${known.join(" | ")}] [options]

Runs one benchmark, or all of them.

  --rounds N     times that every peer is measured
  --requests N   requests in one measurement
  --seed N       decides the order of the peers
`;

if (args.includes("--help") || args.includes("-h")) {
  process.stdout.write(usage);
  process.exit();
}
if (isNamed && !known.includes(name)) {
  process.stderr.write(`There is no benchmark "${name}"; there is ${known.join(", ")}.\n`);
  process.exit(1);
}

run("npx", ["turbo", "run", "build", "--output-logs=errors-only"]);
for (const one of isNamed ? [name] : known) {
  const file = fileURLToPath(new URL(`${one}.ts`, import.meta.url));
  run(process.execPath, ["--expose-gc", "--import", "tsx", file, ...(isNamed ? rest : args)]);
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
