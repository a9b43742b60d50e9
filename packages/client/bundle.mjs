// Writes the package's JavaScript into dist: what package.json names, and files for what they share or load later. Loading many small files
// takes Node longer than running them.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const { exports, imports } = JSON.parse(readFileSync("package.json", "utf8"));
const names = JSON.stringify([exports, imports]).matchAll(/"\.\/dist\/([^"]+)\.js"/g);

await build({
  entryPoints: [...new Set([...names].map(([, name]) => `src/${name}.ts`))],
  outdir: "dist",
  outbase: "src",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  platform: "neutral",
  // Dependencies, Node's modules and the choice of a transport are left to where the package is used.
  packages: "external",
  external: ["#transport"],
  logLevel: "warning",
});
