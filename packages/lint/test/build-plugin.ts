import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** Redocly loads JavaScript only, so the rules are compiled before their tests run; apart from `dist`, which other tests may be reading. */
export function setup(): void {
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const folder = fileURLToPath(new URL("..", import.meta.url));
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", ".vitest/plugin"], {
    cwd: folder,
    stdio: "inherit",
  });
}
