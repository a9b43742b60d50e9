// Where the engine stopped reading a file that is no program: no frame tells it, as nothing of the file runs.
"use strict";

const { PassThrough } = require("node:stream");

/** What Node puts before the text of such an error: path and line, the line itself, and signs below what is wrong in it. */
const head = /^((?:file:\/\/)?\/[^\n]*:\d+)\n[^\n]*\n(?:([ \t]*)\^)?/;

/**
 * The place of a syntax error as a frame, undefined for errors of programs that run.
 * @param frames those of its stack
 */
exports.placeOf = (error, frames) => {
  const place = readPlace(error.stack);
  if (place || !isOfModule(error, frames)) return place;
  showPlace(error);
  return readPlace(error.stack);
};

function readPlace(stack) {
  const [, path, before] = head.exec(String(stack)) || [];
  if (path === undefined) return undefined;
  return before === undefined ? `at ${path}` : `at ${path}:${before.length + 1}`;
}

/** Of ES modules Node keeps the place to itself, until it prints the error. */
function isOfModule(error, [first = ""]) {
  return error instanceof SyntaxError && first.includes("(node:internal/modules/");
}

/**
 * Puts the place into the stack. Only the prompt of Node, of all that a program can call, does what Node itself does before it prints an error.
 * It takes some 50 ms, once for each error.
 */
function showPlace(error) {
  const { stack } = error;
  const server = require("node:repl").start({
    prompt: "",
    input: new PassThrough(),
    output: new PassThrough(),
    terminal: false,
    eval: (_line, _context, _file, done) => done(error),
  });
  server.emit("line", "0");
  server.close();
  // The prompt shows no frames.
  const shown = String(error.stack);
  const text = shown.indexOf(stack.split("\n", 1)[0]);
  if (text > 0) error.stack = shown.slice(0, text) + stack;
}
