import type { LogEntry } from "../../core/logs/log-entry.ts";

/** The lines of an entry without their ends, each with the function and version before it if several functions are shown. */
export function logLines({ owner, version, text }: LogEntry, named: boolean): string[] {
  const lines = text.split("\n");
  // Behind the last line feed.
  lines.pop();
  if (!named) return lines;
  const start = `[${owner.name}:${version || "?"}] `;
  return lines.map((line) => start + line);
}
