// The error objects of Node.js functions, and what their results become (facts of the runtime of 2021, see ASSUMPTIONS.md).
"use strict";

/** A function that cannot be called: its module or method is missing. */
class LoadError extends Error {
  constructor(type, message) {
    super(message);
    this.functionCode = 4001;
    this.functionType = type;
  }
}

const phases = {
  4001: "function entry exception",
  4002: "function invocation exception",
};

const pretty = (value) => JSON.stringify(value, null, 4);

/** The code and the error object of something thrown. @param code when it is known from where it came */
function describeError(error, codeFolder, code = 4002) {
  if (error instanceof LoadError) {
    const errorMessage = `${phases[4001]}, error: ${error.message}`;
    return { code: 4001, payload: pretty({ errorMessage, errorType: error.functionType }) };
  }
  // Anything can be thrown, null too.
  const { functionCode, functionPhase } = Object(error);
  const known = functionCode || code;
  const what = functionPhase || phases[known];
  const isError = error instanceof Error || (error && typeof error.stack === "string");
  const message = isError ? error.message : text(error);
  const type = isError ? Object(error.constructor).name || error.name : typeof error;
  const payload = { errorMessage: `${what}, error: ${message}`, errorType: type };
  if (isError) payload.stackTrace = traceOf(error.stack, codeFolder);
  return { code: known, payload: pretty(payload) };
}

function text(value) {
  if (typeof value === "string") return value;
  try {
    return JSON.stringify(value) || String(value);
  } catch {
    return String(value);
  }
}

/** The frames down to where the runner called the function, with paths from the code's folder on. */
function traceOf(stack, codeFolder) {
  const frames = String(stack)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("at "));
  const own = frames.findIndex((line) => line.includes(__dirname));
  return frames
    .slice(0, own < 0 ? frames.length : own)
    .map((line) => line.split(`file://${codeFolder}/`).join("./").split(`${codeFolder}/`).join("./"));
}

/** What callers get of a returned value: objects as JSON, everything else as text, nothing for undefined. */
function readResult(value, most) {
  let payload;
  try {
    payload = value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
    if (payload === undefined) payload = "";
  } catch (error) {
    const errorMessage = `function result is invalid, error: ${error.message}`;
    return { code: 4007, payload: pretty({ errorMessage, errorType: error.constructor.name }) };
  }
  const size = Buffer.byteLength(payload);
  if (size <= most) return { code: 0, payload };
  const errorMessage = `response body size ${size} exceeds the limit of ${most}`;
  return { code: 4004, payload: pretty({ errorMessage, errorType: "FunctionResponseTooLarge" }) };
}

module.exports = { LoadError, describeError, readResult };
