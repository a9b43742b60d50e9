// Finds a function's module and its methods.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { LoadError } = require("./errors.cjs");

/** Loads handler, initializer and pre-stop method; the last two are absent when none is set. */
exports.loadFunction = async ({ code, handler, initializer, preStop }) => ({
  handler: await find(code, handler),
  initializer: initializer ? await find(code, initializer) : undefined,
  preStop: preStop ? await find(code, preStop) : undefined,
});

async function find(folder, name) {
  const dot = name.lastIndexOf(".");
  const file = name.slice(0, dot);
  const method = name.slice(dot + 1);
  const shown = `./${file}.js`;
  const found = [".js", ".cjs", ".mjs"]
    .map((end) => path.join(folder, file + end))
    .find((one) => fs.existsSync(one));
  if (dot < 1 || !found) throw new LoadError("FunctionLoadError", `not found module '${shown}'`);
  const module = await load(found);
  const value = module[method] === undefined && module.default ? module.default[method] : module[method];
  if (typeof value !== "function") {
    throw new LoadError("FunctionConfigError", `handler '${method}' not found in module '${shown}'`);
  }
  return value;
}

async function load(file) {
  if (file.endsWith(".mjs")) return import(pathToFileURL(file).href);
  try {
    return require(file);
  } catch (error) {
    // A file that its package calls a module, or that says so itself.
    const esm =
      error.code === "ERR_REQUIRE_ESM" ||
      error.code === "ERR_REQUIRE_ASYNC_MODULE" ||
      (error instanceof SyntaxError &&
        /Cannot use import statement|Unexpected token 'export'/.test(error.message));
    if (!esm) throw error;
    if (error.code) return import(pathToFileURL(file).href);
    throw Object.assign(error, {
      message: `${error.message}. Name the file .mjs, or put {"type": "module"} into a package.json beside it`,
    });
  }
}
