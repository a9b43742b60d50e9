import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import type { Readable, Writable } from "node:stream";
import { listenAlive } from "./alive-socket.ts";
import { keeperScript } from "./keeper-script.ts";
import { programPath } from "./program-path.ts";

/** A keeper that lives shorter, in milliseconds, is not replaced until there is something new to tell. */
const leastLifeMs = 100;

type KeeperProcess = ChildProcessByStdio<Writable, Readable, null>;

/**
 * A small shell beside the emulator. It outlives it for as long as it takes to kill what the emulator has started, and does meanwhile what
 * Node.js cannot do by itself: make pipes, and change the limits of processes.
 */
export class Keeper {
  readonly #mark: string;
  readonly #folder: string;
  readonly #groups = new Set<number>();
  /** Resolvers of requests, by the words with which the answer begins. */
  readonly #waiting = new Map<string, ((worked: boolean) => void)[]>();
  #process: KeeperProcess | undefined;
  /** Ends what says that the folder is in use, should nobody come to remove it. */
  #stopListening: Promise<() => void> | undefined;
  #closed = false;

  /** @param mark what the marks of all processes of the sandbox begin with @param folder where it makes pipes; it removes it at the end */
  constructor(mark: string, folder: string) {
    this.#mark = mark;
    this.#folder = folder;
  }

  /** Tells of a process group that must not outlive the emulator. */
  start(group: number): void {
    this.#groups.add(group);
    this.#write(`start ${group}`);
  }

  /** Tells that a group is gone: its number may soon be another's. */
  end(group: number): void {
    if (this.#groups.delete(group)) this.#write(`end ${group}`);
  }

  /** Makes the pipes `first` up to `last`, without the latter, in the folder; whether that worked. */
  makePipes(first: number, last: number): Promise<boolean> {
    return this.#ask(`pipes ${first}`, `${last}`);
  }

  /** Sets the most bytes of data that a process may have (RLIMIT_DATA), which those that it starts inherit. */
  async limitData(pid: number, bytes: number): Promise<void> {
    await this.#ask(`limit ${pid}`, `${bytes}`);
  }

  /** Ends it, after a last look for processes left. */
  async close(): Promise<void> {
    this.#closed = true;
    (await this.#stopListening)?.();
    const running = this.#process;
    if (!running) return;
    const exited = new Promise((resolve) => running.once("exit", resolve));
    running.ref();
    running.stdin.end("bye\n");
    await exited;
  }

  #ask(words: string, rest: string): Promise<boolean> {
    return new Promise((resolve) => {
      const others = this.#waiting.get(words);
      if (others) others.push(resolve);
      else this.#waiting.set(words, [resolve]);
      if (!this.#write(`${words} ${rest}`)) this.#answer(words, false);
      this.#holdProgram();
    });
  }

  /** The keeper waits for the emulator, not the emulator for it, except for its answers. */
  #holdProgram(): void {
    const answers = this.#process?.stdout;
    if (!(answers instanceof Socket)) return;
    if (this.#waiting.size > 0) answers.ref();
    else answers.unref();
  }

  #answer(words: string, worked: boolean): void {
    const [next, ...others] = this.#waiting.get(words) ?? [];
    if (others.length > 0) this.#waiting.set(words, others);
    else this.#waiting.delete(words);
    this.#holdProgram();
    next?.(worked);
  }

  #write(line: string): boolean {
    if (this.#closed) return false;
    const { stdin } = this.#running();
    if (!stdin.writable) return false;
    stdin.write(`${line}\n`);
    return true;
  }

  #running(): KeeperProcess {
    if (this.#process) return this.#process;
    const started = this.#spawn();
    this.#process = started;
    for (const group of this.#groups) started.stdin.write(`start ${group}\n`);
    return started;
  }

  #spawn(): KeeperProcess {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    this.#stopListening ??= listenAlive(this.#folder);
    const started = spawn("/bin/sh", ["-c", keeperScript, "functiongraph-keeper", this.#mark, this.#folder], {
      cwd: "/",
      env: { PATH: programPath() },
      // A session of its own, which the end of the terminal does not reach.
      detached: true,
      stdio: ["pipe", "pipe", "ignore"],
    });
    const start = performance.now();
    const over = (): void => {
      if (this.#process === started) this.#process = undefined;
      for (const words of this.#waiting.keys()) this.#answer(words, false);
      // Somebody ended it. The functions that run still need one, if it is not that none can run here.
      if (!this.#closed && this.#groups.size > 0 && performance.now() - start > leastLifeMs) this.#running();
    };
    started.once("error", over);
    started.once("exit", over);
    started.stdin.on("error", () => undefined);
    let rest = "";
    started.stdout.setEncoding("latin1").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.#answer(line.slice(0, line.lastIndexOf(" ")), line.endsWith(" done"));
    });
    started.unref();
    for (const stream of [started.stdin, started.stdout]) if (stream instanceof Socket) stream.unref();
    return started;
  }
}
