import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const typescript = dirname(require.resolve("typescript/package.json"));

/** What a compilation took. */
export interface Compilation {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Compiles a program of one file against the packages installed here, as its author would. */
export function compileConsumer(program: string, modules: string): Compilation {
  const folder = mkdtempSync(join(tmpdir(), "functiongraph-compile-"));
  try {
    symlinkSync(modules, join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "program.ts"), program);
    const options = {
      target: "es2022",
      module: "nodenext",
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      types: ["node"],
    };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: options, files: ["program.ts"] }),
    );
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(typescript, "bin", "tsc"), "-p", folder, "--extendedDiagnostics"],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stdout);
    return { seconds: figure(stdout, "Total time"), megabytes: figure(stdout, "Memory used") / 1024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function figure(diagnostics: string, name: string): number {
  const value = Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(diagnostics)?.[1]);
  if (Number.isNaN(value)) throw new Error(`tsc does not tell its ${name}`);
  return value;
}
