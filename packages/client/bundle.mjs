// Writes the package's JavaScript into dist: what package.json names, one file for what those share, and files for what is loaded later.
// Finding and reading many small files takes Node longer than running them.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";

/** Modules that the client, the other entry points and what is loaded later have in common; all import them as `#shared`. */
const shared = [
  "answers/fields-of",
  "answers/parse-json",
  "answers/text-of",
  "errors/credentials-error",
  "errors/function-error",
  "errors/safe-error",
  "errors/validation-error",
].map((name) => resolve("src", `${name}.ts`));

const importShared = {
  name: "import-shared",
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path, resolveDir }) =>
      shared.includes(resolve(resolveDir, path)) ? { path: "#shared", external: true } : undefined,
    );
  },
};

const { exports, imports } = JSON.parse(readFileSync("package.json", "utf8"));
const names = JSON.stringify([exports, imports["#transport"]]).matchAll(/"\.\/dist\/([^"]+)\.js"/g);

const options = {
  bundle: true,
  format: "esm",
  target: "es2022",
  platform: "neutral",
  // Dependencies, Node's modules and the choice of a transport are left to where the package is used.
  packages: "external",
  external: ["#*"],
  logLevel: "warning",
};
await build({
  ...options,
  stdin: {
    contents: shared.map((file) => `export * from ${JSON.stringify(file)};`).join("\n"),
    resolveDir: ".",
  },
  outfile: "dist/shared.js",
});
await build({
  ...options,
  entryPoints: [...new Set([...names].map(([, name]) => `src/${name}.ts`))],
  outdir: "dist",
  outbase: "src",
  chunkNames: "chunks/[name]-[hash]",
  splitting: true,
  plugins: [importShared],
});
