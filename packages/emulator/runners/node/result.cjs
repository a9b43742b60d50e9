// What becomes of the value that a handler gives.
"use strict";

const { RunnerError, describeError } = require("./errors.cjs");

/** What callers get of a value: objects as JSON, everything else as text, nothing for undefined. @param code of what is no success */
exports.readResult = (value, most, code = 0) => {
  let payload;
  try {
    payload = value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
    if (payload === undefined) payload = "";
  } catch (error) {
    const { errorMessage, errorType } = describeError(error, "", 4007);
    // Where the runner makes JSON of it is of no use to anybody.
    return { code: 4007, payload: JSON.stringify({ errorMessage, errorType }, null, 4) };
  }
  const size = Buffer.byteLength(payload);
  if (size <= most) return { code, payload };
  const message = `response body size ${size} exceeds the limit of ${most}`;
  return describeError(new RunnerError(4004, "FunctionResponseTooLarge", message));
};
