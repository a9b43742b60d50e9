// Finds a function's module and its methods.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { RunnerError } = require("./errors.cjs");

/** Finds the method of `file.method`. @param kind what messages call it @param code with which it fails if the file or the method is not there */
exports.findMethod = async (folder, name, kind = "handler", code = 4001) => {
  const dot = name.lastIndexOf(".");
  const file = name.slice(0, dot);
  const method = name.slice(dot + 1);
  const shown = `./${file}.js`;
  const found = [".js", ".cjs", ".mjs"]
    .map((end) => path.join(folder, file + end))
    .find((one) => fs.existsSync(one));
  if (dot < 1 || !found) throw new RunnerError(code, "FunctionLoadError", `not found module '${shown}'`);
  // A module may export anything, null too.
  const module = Object(await load(found));
  const exported = own(module, method);
  const value = exported === undefined ? own(Object(module.default), method) : exported;
  if (typeof value !== "function") {
    throw new RunnerError(code, "FunctionConfigError", `${kind} '${method}' not found in module '${shown}'`);
  }
  return value;
};

/** What an object has under a name, itself or from its class, unless it is what all objects or functions have. */
function own(owner, name) {
  const value = owner[name];
  const isOfAll =
    (name === "constructor" && !Object.hasOwn(owner, name)) ||
    // Without reading it there: some names of all functions throw.
    [Object, Function].some((one) => Object.getOwnPropertyDescriptor(one.prototype, name)?.value === value);
  return isOfAll ? undefined : value;
}

async function load(file) {
  if (file.endsWith(".mjs")) return import(pathToFileURL(file).href);
  try {
    return require(file);
  } catch (error) {
    // A file that its package calls a module, or that says so itself. Anything can be thrown, null too.
    const { code } = Object(error);
    const esm =
      code === "ERR_REQUIRE_ESM" ||
      code === "ERR_REQUIRE_ASYNC_MODULE" ||
      (error instanceof SyntaxError &&
        /Cannot use import statement|Unexpected token 'export'/.test(error.message));
    if (!esm) throw error;
    if (code) return import(pathToFileURL(file).href);
    throw Object.assign(error, {
      message: `${error.message}. Name the file .mjs, or put {"type": "module"} into a package.json beside it`,
    });
  }
}
