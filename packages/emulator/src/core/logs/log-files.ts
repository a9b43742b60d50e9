import { type Dirent, readdirSync } from "node:fs";
import { appendFile, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { clearTimeout, setTimeout } from "node:timers";
import type { Logger } from "../../log/logger.ts";
import type { LoggedFunction } from "./log-entry.ts";

/** Milliseconds that texts wait, so that many are written at once. */
const pause = 250;
/** Bytes of a file, after which it becomes the predecessor of a new one. */
const largestFile = 10 * 1024 * 1024;
/** Characters of one function that may wait; a disk that is slower than its function loses the older ones. */
const mostWaiting = 4 * 1024 * 1024;

/**
 * One log file for each function, `<folder>/<project>/<package>.<name>.log`, with one predecessor ending in `.1`. Nothing here blocks or
 * throws: what cannot be written is given up, with a warning.
 */
export class LogFiles {
  readonly #folder: string;
  readonly #log: Pick<Logger, "warn">;
  readonly #largest: number;
  readonly #waiting = new Map<string, { texts: string[]; size: number }>();
  readonly #sizes = new Map<string, number>();
  readonly #paths = new WeakMap<LoggedFunction, string>();
  #timer: NodeJS.Timeout | undefined;
  /** Each step begins when the one before has ended. */
  #work: Promise<unknown> = Promise.resolve();

  /** @param largest bytes of a file */
  constructor(folder: string, log: Pick<Logger, "warn">, largest: number = largestFile) {
    this.#folder = folder;
    this.#log = log;
    this.#largest = largest;
  }

  append(owner: LoggedFunction, text: string): void {
    const path = this.#pathOf(owner);
    const waiting = this.#waiting.get(path) ?? { texts: [], size: 0 };
    this.#waiting.set(path, waiting);
    waiting.texts.push(text);
    waiting.size += text.length;
    if (waiting.size > mostWaiting) this.#giveUp(waiting, owner);
    this.#timer ??= setTimeout(() => void this.settled(), pause).unref();
  }

  /** The end of what was written before the call, up to so many bytes. */
  tail(owner: LoggedFunction, bytes: number): Promise<string> {
    const path = this.#pathOf(owner);
    return this.#then(async () => {
      const end = await readEnd(path, bytes);
      const before = end.length < bytes ? await readEnd(`${path}.1`, bytes - end.length) : Buffer.alloc(0);
      return Buffer.concat([before, end]).toString("utf8");
    }, "");
  }

  /** The functions of one project, or of all, that have files. */
  owners(projectId?: string): LoggedFunction[] {
    const found = new Map<string, LoggedFunction>();
    for (const folder of entriesOf(this.#folder)) {
      const project = folder.isDirectory() ? fromFileName(folder.name) : undefined;
      if (project === undefined || (projectId !== undefined && project !== projectId)) continue;
      for (const { name } of entriesOf(join(this.#folder, folder.name))) {
        const [, pkg, own] = /^([^.]+)\.([^.]+)\.log(?:\.1)?$/.exec(name) ?? [];
        if (pkg && own)
          found.set(`${project}:${pkg}:${own}`, { projectId: project, package: pkg, name: own });
      }
    }
    return [...found.values()];
  }

  /** Removes the files of a function, and what waits to be written to them. */
  remove(owner: LoggedFunction): void {
    const path = this.#pathOf(owner);
    this.#waiting.delete(path);
    void this.#then(async () => {
      this.#sizes.delete(path);
      await rm(path, { force: true });
      await rm(`${path}.1`, { force: true });
    }, undefined);
  }

  /** Resolves when all that was appended before is written. */
  settled(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [path, { texts }] of this.#waiting)
      void this.#then(() => this.#write(path, Buffer.from(texts.join(""))), undefined);
    this.#waiting.clear();
    return this.#then(async () => {}, undefined);
  }

  async #write(path: string, bytes: Buffer): Promise<void> {
    let size = this.#sizes.get(path) ?? (await sizeOf(path));
    if (size === undefined) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    if (size !== undefined && size > 0 && size + bytes.length > this.#largest) {
      await rename(path, `${path}.1`);
      size = 0;
    }
    // Forgotten until it is written, so that a failure does not leave a wrong size.
    this.#sizes.delete(path);
    await appendFile(path, bytes, { mode: 0o600 });
    this.#sizes.set(path, (size ?? 0) + bytes.length);
  }

  #then<T>(step: () => Promise<T>, otherwise: T): Promise<T> {
    const result = this.#work.then(step).catch((error: unknown) => {
      this.#log.warn("A log file could not be used.", { reason: String(error) });
      return otherwise;
    });
    this.#work = result;
    return result;
  }

  #giveUp(waiting: { texts: string[]; size: number }, owner: LoggedFunction): void {
    const before = waiting.size;
    let given = 0;
    while (waiting.size > mostWaiting / 2 && given < waiting.texts.length - 1) {
      waiting.size -= waiting.texts[given]?.length ?? 0;
      given += 1;
    }
    waiting.texts.splice(0, given);
    this.#log.warn("A function prints faster than its log file can be written; older lines are left out.", {
      function: `${owner.package}:${owner.name}`,
      characters: before - waiting.size,
    });
  }

  #pathOf(owner: LoggedFunction): string {
    const known = this.#paths.get(owner);
    if (known !== undefined) return known;
    const { projectId, package: pkg, name } = owner;
    const path = join(this.#folder, toFileName(projectId), `${toFileName(pkg)}.${toFileName(name)}.log`);
    this.#paths.set(owner, path);
    return path;
  }
}

/** Names without dots, slashes and whatever else file systems treat as special, so that none leads out of the folder. */
function toFileName(name: string): string {
  return encodeURIComponent(name).replace(/[.!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

function fromFileName(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Nothing has been written yet.
    return [];
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}

async function readEnd(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path).catch(() => undefined);
  if (!file) return Buffer.alloc(0);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, bytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
