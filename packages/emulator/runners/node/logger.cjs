// The logger of a context.
"use strict";

const { format } = require("node:util");

const levels = ["DEBUG", "INFO", "WARN", "ERROR"];
/** Longer texts become several lines, as in the service. */
const longest = 90 * 1024;

/** Writes lines such as `2026-02-27T10:41:23Z <request id> INFO <text>` to standard output. */
exports.makeLogger = (requestId) => {
  let lowest = 1;
  const log =
    (level) =>
    (...values) => {
      if (levels.indexOf(level) < lowest) return;
      const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
      const start = `${time} ${requestId} ${level} `;
      const lines = pieces(textOf(values)).map((piece) => `${start}${piece}\n`);
      process.stdout.write(lines.join(""));
    };
  return {
    debug: log("DEBUG"),
    info: log("INFO"),
    warn: log("WARN"),
    error: log("ERROR"),
    setLevel: (level) => {
      const index = levels.indexOf(String(level).toUpperCase());
      if (index >= 0) lowest = index;
    },
  };
};

function textOf(values) {
  try {
    return format(...values);
  } catch {
    // Objects may say themselves how they are shown, and fail. Whoever logs must not fail with them.
    return "[a value that cannot be shown]";
  }
}

function pieces(text) {
  const all = [];
  for (let at = 0; at < text.length || all.length === 0; ) {
    const end = at + longest;
    // Two halves of a character stay together.
    const isHalf = text.length > end && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
    const next = isHalf ? end - 1 : end;
    all.push(text.slice(at, next));
    at = next;
  }
  return all;
}
