import { deathSignalPrefix } from "./death-signal.ts";

/** How a program is started with limits. */
export interface LimitTools {
  /** Path of util-linux's prlimit, if it is there. */
  readonly prlimit: string | undefined;
  /** Path of a setpriv that can have programs killed when their parent is gone, if it is there and nothing else does that. */
  readonly setpriv?: string | undefined;
  /** Descriptors that would be inherited although nobody means them to be, and a shell that can close them. */
  readonly stray?: { readonly descriptors: readonly number[]; readonly shell: string };
}

/** What is special about one start. */
export interface LimitedStart {
  /** Whether its standard error has to be sent where its output goes. */
  readonly merge: boolean;
  /** Number of descriptors that it is given, from 0 on. */
  readonly descriptors: number;
  /** Whether it is killed when this program is gone, where there is a means. */
  readonly diesWithParent?: boolean;
  /** Limit of its data in bytes, none if absent. */
  readonly dataBytes?: number;
  /** Limit of its file locks, by which it is known. */
  readonly locks?: string | undefined;
}

/** Open files of an instance, as on the service. */
const openFiles = 2048;

/**
 * What to put before a command so that it starts with limits and with nothing but what it is given. Each program of it becomes the next one: no
 * process more is there in the end.
 */
export function limitPrefix(tools: LimitTools, start: LimitedStart): string[] {
  const dies = tools.setpriv && start.diesWithParent ? deathSignalPrefix(tools.setpriv) : [];
  return [...limits(tools, start), ...dies];
}

function limits({ prlimit, stray }: LimitTools, start: LimitedStart): string[] {
  const { merge, dataBytes, locks } = start;
  const closed = stray?.descriptors.filter((descriptor) => descriptor >= start.descriptors) ?? [];
  if (prlimit && !merge && closed.length === 0) {
    const data = dataBytes === undefined ? [] : [`--data=${dataBytes}`];
    const mark = locks === undefined ? [] : [`--locks=${locks}`];
    return [prlimit, "--core=0", `--nofile=${openFiles}`, ...mark, ...data, "--"];
  }
  const data = dataBytes === undefined ? "" : `ulimit -d ${Math.ceil(dataBytes / 1024)}; `;
  // Shells call this limit w or x.
  const mark =
    locks === undefined
      ? ""
      : `if (ulimit -w ${locks}); then ulimit -w ${locks}; else ulimit -x ${locks}; fi; `;
  const script = [
    ...closed.map((descriptor) => `exec ${descriptor}>&-`),
    // A limit may already be lower than wanted.
    `{ ulimit -c 0; ulimit -n ${openFiles}; ${mark}${data}} 2>/dev/null`,
    // A shell sets variables that nobody asked for.
    `exec /usr/bin/env -u _ -u SHLVL "$@"${merge ? " 2>&1" : ""}`,
  ];
  return [(closed.length > 0 && stray?.shell) || "/bin/sh", "-c", script.join("; "), "sh"];
}
