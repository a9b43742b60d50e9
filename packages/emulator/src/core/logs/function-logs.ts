import { isEntryOf, isLogOf, type LogEntry, type LogFilter, type LoggedFunction } from "./log-entry.ts";
import type { LogFiles } from "./log-files.ts";
import { RecentLog } from "./recent-log.ts";
import { splitLog } from "./split-log.ts";

/** Characters that are kept in memory of one function, and of all together. */
const mostOfOne = 1024 * 1024;
const mostOfAll = 32 * 1024 * 1024;

interface Kept {
  readonly owner: LoggedFunction;
  readonly recent: RecentLog;
  /** When what files hold from before the start has been read. */
  readonly ready: Promise<void>;
}

/** Who is given new entries as they come. */
export interface Follower {
  readonly filter: LogFilter;
  take(entry: LogEntry): void;
  /** Nothing comes any more. */
  end(): void;
}

/** What functions printed: the last of it in memory, all of it in files where there is a folder. */
export class FunctionLogs {
  readonly #files: LogFiles | undefined;
  readonly #kept = new Map<string, Kept>();
  /** By who has asked: for each call, making a name to look for would take longer. */
  #found = new WeakMap<LoggedFunction, Kept>();
  readonly #followers = new Set<Follower>();
  #order = 0;
  #size = 0;

  constructor(files?: LogFiles) {
    this.#files = files;
  }

  /** Adds the log of a call, or a part of it. @param text whole lines */
  append(owner: LoggedFunction, version: string, text: string): void {
    if (text === "") return;
    this.#order += 1;
    const { owner: known, recent } = this.#found.get(owner) ?? this.#open(owner);
    const entry = { owner: known, version, text, order: this.#order };
    const before = recent.size;
    recent.add(entry, mostOfOne);
    this.#resize(recent.size - before);
    this.#files?.append(known, text);
    for (const follower of this.#followers) if (isEntryOf(entry, follower.filter)) follower.take(entry);
  }

  /** What is kept of the logs that are meant, oldest first. */
  async history(filter: LogFilter): Promise<LogEntry[]> {
    if (filter.projectId !== undefined && filter.package !== undefined && filter.name !== undefined) {
      // The three that make a function.
      this.#open(filter as LoggedFunction);
    } else {
      for (const owner of this.#files?.owners(filter.projectId) ?? []) this.#open(owner);
    }
    const meant = [...this.#kept.values()].filter(({ owner }) => isLogOf(owner, filter));
    await Promise.all(meant.map(({ ready }) => ready));
    return meant
      .flatMap(({ recent }) => recent.list())
      .filter((entry) => isEntryOf(entry, filter))
      .sort((a, b) => a.order - b.order);
  }

  /** Gives each new entry out as it comes, until the returned function is called. */
  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }

  /** Removes the logs, files included, of those of whom it is asked to. */
  forget(whom: (owner: LoggedFunction) => boolean, projectId?: string): void {
    this.#found = new WeakMap();
    for (const owner of this.#files?.owners(projectId) ?? []) if (whom(owner)) this.#files?.remove(owner);
    for (const [key, { owner, recent }] of this.#kept) {
      if ((projectId !== undefined && owner.projectId !== projectId) || !whom(owner)) continue;
      this.#files?.remove(owner);
      this.#kept.delete(key);
      this.#size -= recent.size;
    }
  }

  /** Ends what follows; resolves when the files hold everything. */
  async close(): Promise<void> {
    for (const follower of this.#followers) follower.end();
    await this.#files?.settled();
  }

  #open(asked: LoggedFunction): Kept {
    const { projectId, package: pkg, name } = asked;
    const key = `${projectId}:${pkg}:${name}`;
    const found = this.#kept.get(key);
    if (found) this.#found.set(asked, found);
    if (found) return found;
    const owner = { projectId, package: pkg, name };
    const recent = new RecentLog(owner);
    const kept: Kept = {
      owner,
      recent,
      ready: this.#readFiles(owner, recent, () => this.#kept.get(key) === kept),
    };
    this.#kept.set(key, kept);
    this.#found.set(asked, kept);
    return kept;
  }

  async #readFiles(owner: LoggedFunction, recent: RecentLog, isKept: () => boolean): Promise<void> {
    const text = await this.#files?.tail(owner, mostOfOne);
    if (!text || !isKept()) return;
    const before = recent.size;
    recent.addOlder(splitLog(owner, text), mostOfOne);
    this.#resize(recent.size - before);
  }

  /** Beyond the limit of all, every function keeps an equal share of half of it. */
  #resize(change: number): void {
    this.#size += change;
    if (this.#size <= mostOfAll) return;
    this.#size = 0;
    for (const { recent } of this.#kept.values()) {
      recent.trim(Math.floor(mostOfAll / 2 / this.#kept.size));
      this.#size += recent.size;
    }
  }
}
