import { readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { markerVariable } from "../../../../packages/emulator/src/sandbox/marker.ts";

/** What a program has started, directly and through others, at one moment. */
export interface Family {
  /** Process IDs with the time of their start, for numbers are given again. */
  readonly members: ReadonlyMap<number, string>;
  /** What the marks of the sandbox's processes begin with. */
  readonly marks: ReadonlySet<string>;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
  readonly started: string;
}

const mark = new RegExp(`(?:^|\\0)${markerVariable}=(\\w+)`);

/** Everything that descends from a process, without itself. Empty where there is no /proc. */
export function familyOf(pid: number): Family {
  const children = new Map<number, Process[]>();
  for (const one of processes()) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  const members = new Map<number, string>();
  const marks = new Set<string>();
  const add = (parent: number): void => {
    for (const child of children.get(parent) ?? []) {
      members.set(child.pid, child.started);
      const [, found] = mark.exec(read(`/proc/${child.pid}/environ`)) ?? [];
      if (found !== undefined) marks.add(found);
      add(child.pid);
    }
  };
  add(pid);
  return { members, marks };
}

/** Those of a family that still run, and what carries its marks, each with its command. */
export function stillThere({ members, marks }: Family): string[] {
  return processes().flatMap(({ pid, state, started }) => {
    if (state === "Z" || state === "X") return [];
    const known = members.get(pid) === started;
    const [, found] = known ? [] : (mark.exec(read(`/proc/${pid}/environ`)) ?? []);
    if (!known && (found === undefined || !marks.has(found))) return [];
    return [`${pid} ${read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").slice(0, 200)}`];
  });
}

/** Waits until nothing of a family is there; what is after so many milliseconds is left behind. */
export async function leftOf(family: Family, patience: number): Promise<string[]> {
  const deadline = performance.now() + patience;
  for (;;) {
    const left = stillThere(family);
    if (left.length === 0 || performance.now() > deadline) return left;
    await setTimeout(20);
  }
}

function processes(): Process[] {
  let entries: string[];
  try {
    entries = readdirSync("/proc");
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    const stat = read(`/proc/${entry}/stat`);
    // The name, in parentheses, may itself have some.
    const [state = "", parent = "", ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // The start is the 22nd field, and `rest` begins with the fifth.
    return state === ""
      ? []
      : [{ pid: Number(entry), parent: Number(parent), state, started: rest[17] ?? "" }];
  });
}

function read(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
