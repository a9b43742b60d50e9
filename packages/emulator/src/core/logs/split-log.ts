import type { LogEntry, LoggedFunction } from "./log-entry.ts";

const startLine = /^\S+ Start invoke request '[^'\n]*', version: (\S+)$/gm;

/** Parts the text of a log file into the logs of its calls; what comes before the first one begins has no version. */
export function splitLog(owner: LoggedFunction, text: string): LogEntry[] {
  const starts = [...text.matchAll(startLine)];
  const pieces = starts.map((start, index) => ({
    version: start[1] ?? "",
    text: text.slice(start.index, starts[index + 1]?.index),
  }));
  const before = text.slice(0, starts[0]?.index);
  // The first line may be the rest of one.
  const whole = before.slice(before.indexOf("\n") + 1);
  return [...(whole === "" ? [] : [{ version: "", text: whole }]), ...pieces].map((piece) => ({
    owner,
    order: 0,
    ...piece,
  }));
}
