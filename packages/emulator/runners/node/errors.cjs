// The error objects of Node.js functions (facts of the runtime of 2021, see ASSUMPTIONS.md).
"use strict";

const { sep } = require("node:path");
const { inspect } = require("node:util");
const { placeOf } = require("./syntax-place.cjs");

/** What the runner finds wrong with a function: its module or method is missing, or what it gives is no result. */
class RunnerError extends Error {
  constructor(code, type, message) {
    super(message);
    this.code = code;
    this.type = type;
  }
}

const phases = {
  4001: "function entry exception, error: ",
  4002: "function invocation exception, error: ",
  4007: "function result is invalid, error: ",
  4009: "function initialization exception, error: ",
};
// The innermost frames, and the starts of texts: an error object is no result, and nobody reads megabytes of it.
const mostFrames = 100;
const longestText = 256 * 1024;
const longestLine = 500;

/** The code and the error object of something thrown. @param code what was going on; what the runner itself finds wrong has its own code */
function describeError(error, codeFolder, code = 4002) {
  if (attempt(() => error instanceof RunnerError)) return describe(error.code, error.message, error.type);
  if (!isError(error)) return describe(code, text(error), typeof error);
  const message = withoutRunner(attempt(() => text(error.message)) || "");
  const type = attempt(() => nameOf(error)) || "Error";
  return describe(code, message, type, attempt(() => traceOf(error, codeFolder)) || []);
}

/** Errors of other contexts of the engine are errors, too. */
function isError(error) {
  return attempt(() => error instanceof Error || typeof Object(error).stack === "string") === true;
}

function describe(code, message, errorType, stackTrace) {
  const errorMessage = `${phases[code] || ""}${message.slice(0, longestText)}`;
  const payload = JSON.stringify({ errorMessage, errorType, stackTrace }, null, 4);
  return { code, errorMessage, errorType, stackTrace, payload };
}

/** Whatever the function throws may throw itself when it is looked at: a getter, a proxy. */
function attempt(look) {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function text(value) {
  if (typeof value === "string") return value;
  return (
    attempt(() => JSON.stringify(value) || String(value)) ||
    attempt(() => String(value)) ||
    attempt(() => inspect(value)) ||
    "the error has no text"
  );
}

/** The message of a module that is not found, without the runner's own files in the list of those that led to it. */
function withoutRunner(message) {
  if (!message.includes("\nRequire stack:\n- ")) return message;
  const lines = message.split("\n").filter((line) => !line.startsWith(`- ${__dirname}${sep}`));
  const isLeft = (line, index) => line !== "Require stack:" || lines[index + 1]?.startsWith("- ");
  return lines.filter(isLeft).join("\n");
}

function nameOf(error) {
  const name = Object(error.constructor).name || error.name;
  return text(name === undefined ? "Error" : name).slice(0, longestLine);
}

/** The frames down to where the runner called the function, after the place of a fault in syntax, with paths from the code's folder on. */
function traceOf(error, codeFolder) {
  const frames = framesOf(String(error.stack), attempt(() => String(error.message)) || "");
  const own = frames.findIndex((line) => line.includes(__dirname));
  const place = attempt(() => placeOf(error, frames));
  return [...(place ? [place] : []), ...(own < 0 ? frames : frames.slice(0, own))]
    .slice(0, mostFrames)
    .map((line) => line.split(`file://${codeFolder}/`).join("./").split(`${codeFolder}/`).join("./"))
    .map((line) => line.slice(0, longestLine));
}

function framesOf(stack, message) {
  // It begins with the message, whose lines may look like frames.
  const at = stack.indexOf(message);
  const isFirst = at >= 0 && !stack.slice(0, at).includes("\n");
  return (isFirst ? stack.slice(at + message.length) : stack)
    .split("\n")
    .filter((line) => line.startsWith("    at "))
    .map((line) => line.trim());
}

module.exports = { RunnerError, describeError, isError };
