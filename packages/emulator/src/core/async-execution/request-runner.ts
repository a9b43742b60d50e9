import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers";
import type { LogFields } from "../../log/logger.ts";
import type { Agenda } from "./agenda.ts";
import { concludeAttempt } from "./conclude-attempt.ts";
import { Deadlines } from "./deadlines.ts";
import { giveUpEntries } from "./give-up-entries.ts";
import type { Verdict } from "./judge-attempt.ts";
import { Lanes } from "./lanes.ts";
import { type QueueEntry, queueEntry } from "./queue-entry.ts";
import { type QueuedRecord, queuedRequests } from "./queue-records.ts";
import { readQueued } from "./read-queued.ts";
import { type AttemptTools, runAttempt } from "./run-attempt.ts";
import { type TakenRequest, takeRequest } from "./take-request.ts";

/** What running requests needs from the queue around it. */
export interface RequestTools extends AttemptTools {
  readonly agenda: Agenda;
  /** Milliseconds to wait after so many attempts, from 1. */
  readonly pause: (attempts: number) => number;
  readonly concurrency: number;
  readonly log: (text: string, fields: LogFields) => void;
  /** A request has reached its last state. */
  readonly finished: (project: string, requestId: string) => void;
  /** A call has begun or ended. */
  readonly changed: () => void;
}

/** A call under way. */
interface Flight {
  readonly abort: AbortController;
  /** Set when its end matters no more. */
  dropped: boolean;
}

/** Milliseconds: first and longest while after a refusal, and after a failure of the store. */
const firstWhile = 1000;
const longestWhile = 30_000;
/** Requests that are given up in one transaction. */
const givenUpTogether = 500;
/** Milliseconds between the arrival and the first look that only a clock that was moved can bring. */
const movedMilliseconds = 5000;

/** Runs the requests in the store, each until it has its last state. The store alone says what there is; entries only say when. */
export class RequestRunner {
  readonly #tools: RequestTools;
  readonly #entries = new Map<string, QueueEntry>();
  readonly #flights = new Map<string, Flight>();
  /** Those that have come back while a dropped call of theirs still ends. */
  readonly #held = new Map<string, QueueEntry>();
  readonly #lanes = new Lanes<QueueEntry>();
  readonly #deadlines: Deadlines<QueueEntry>;
  /** Those that came in since it looked for what to run: nothing of theirs could run yet, so that their age does not count. */
  #fresh = new Set<QueueEntry>();
  #holds = 0;
  #state: "new" | "started" | "closed" = "new";
  #scheduled = false;

  constructor(tools: RequestTools) {
    this.#tools = tools;
    this.#deadlines = new Deadlines(tools.agenda, (entries) => this.#expire(entries));
  }

  get pending(): number {
    return this.#entries.size;
  }

  /** Calls under way, or about to be. */
  get active(): number {
    return this.#flights.size + (this.#scheduled ? 1 : 0);
  }

  start(): void {
    this.#state = "started";
    this.#schedule();
  }

  /** Begins nothing until the answer is called. */
  hold(): () => void {
    let held = true;
    this.#holds += 1;
    return () => {
      if (!held) return;
      held = false;
      this.#holds -= 1;
      this.#schedule();
    };
  }

  close(): void {
    this.#state = "closed";
  }

  /** Takes up a request that is in the store. @param stored of one that was there before */
  add(project: string, record: QueuedRecord, stored?: { readonly begun: boolean }): void {
    const entry = queueEntry(project, record, stored, this.#now());
    if (this.#entries.has(entry.id)) return;
    this.#entries.set(entry.id, entry);
    if (entry.deadline > this.#now()) this.#fresh.add(entry);
    else this.#deadlines.set(entry, entry.deadline);
    if ((record.notBefore ?? 0) > this.#now()) this.#pause(entry, record.notBefore ?? 0);
    else this.#queue(entry);
  }

  /**
   * Takes up what is in the store and drops what is not. Calls under way go on if their request is still there.
   * @returns the largest sequence.
   */
  reload(): number {
    const all = this.#tools.app.store.read(readQueued);
    const stored = new Set(all.map(({ project, record }) => `${project} ${record.requestId}`));
    for (const entry of [...this.#entries.values()])
      if (entry.state !== "running" || !stored.has(entry.id)) this.#forget(entry);
    this.#lanes.clear();
    for (const { project, record, begun } of all) this.add(project, record, { begun });
    return all.at(-1)?.record.sequence ?? 0;
  }

  /** Drops a request; a call of it is ended and its result ignored. */
  drop(project: string, requestId: string): void {
    const entry = this.#entries.get(`${project} ${requestId}`);
    if (entry) this.#forget(entry);
  }

  /** Drops the requests that are gone from the store with their function, and ends the calls of them. */
  dropDeleted(project: string, prefix: string): void {
    const left = this.#tools.app.store.read((tx) => tx.list(queuedRequests, project, { prefix }));
    const there = new Set(left.map(({ id }) => id));
    for (const entry of [...this.#entries.values()])
      if (entry.project === project && entry.key.startsWith(prefix) && !there.has(entry.key))
        this.#forget(entry);
  }

  #queue(entry: QueueEntry): void {
    entry.state = "waiting";
    this.#lanes.add(entry);
    this.#schedule();
  }

  #pause(entry: QueueEntry, until: number): void {
    entry.state = "paused";
    entry.cancelPause = this.#tools.agenda.at(until, () => this.#queue(entry));
  }

  #schedule(): void {
    if (this.#scheduled || this.#state !== "started" || this.#holds > 0) return;
    this.#scheduled = true;
    // Whoever accepts a request answers first.
    setImmediate(() => {
      this.#scheduled = false;
      this.#pump();
      this.#tools.changed();
    });
  }

  #pump(): void {
    // Called for before the clock began to be moved in steps.
    if (this.#holds > 0) return;
    this.#welcome();
    while (this.#state === "started" && this.#flights.size < this.#tools.concurrency) {
      const entry = this.#lanes.next();
      if (!entry) return;
      entry.state = "running";
      this.#guard(entry, () => this.#begin(entry));
    }
  }

  /** From here on those that have come in wait. A clock that was moved past their age meanwhile has not let them wait. */
  #welcome(): void {
    if (this.#state !== "started" || this.#fresh.size === 0) return;
    const now = this.#now();
    for (const entry of this.#fresh) {
      if (entry.arrivedAt !== undefined && entry.arrivedAt < now - movedMilliseconds)
        entry.dueAt = entry.arrivedAt;
      if (entry.deadline <= now) entry.deadline = now + entry.patience;
      this.#deadlines.set(entry, entry.deadline);
    }
    this.#fresh = new Set();
  }

  /** Does what may fail only if the store does; the request is tried again then. */
  #guard(entry: QueueEntry, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#tools.log("An asynchronous request could not be looked after; it is tried again.", {
        request: entry.requestId,
        reason: String(error),
      });
      this.#lanes.ended(entry);
      if (this.#state !== "closed") this.#pause(entry, this.#now() + firstWhile);
    }
  }

  #begin(entry: QueueEntry): void {
    if (this.#flights.has(entry.id)) {
      this.#held.set(entry.id, entry);
      this.#lanes.ended(entry);
      return;
    }
    if (this.#now() >= entry.deadline && !this.#renew(entry)) {
      this.#giveUp([entry]);
      this.#lanes.ended(entry);
      return;
    }
    const { store, clock } = this.#tools.app;
    const taken = store.write((tx) => takeRequest(tx, entry, clock.now()));
    if (!taken) {
      // Deleted with its function.
      this.#forget(entry);
      this.#lanes.ended(entry);
      return;
    }
    entry.waitsSince = undefined;
    const flight: Flight = { abort: new AbortController(), dropped: false };
    this.#flights.set(entry.id, flight);
    void this.#run(entry, flight, taken);
  }

  async #run(entry: QueueEntry, flight: Flight, taken: TakenRequest): Promise<void> {
    const { signal } = flight.abort;
    const { verdict, startedAt } = await runAttempt(this.#tools, entry.project, taken, signal, entry.dueAt);
    this.#flights.delete(entry.id);
    // What ends badly while everything ends does so because of that; it runs again after the next start.
    const ignored = flight.dropped || (this.#state === "closed" && verdict.kind !== "success");
    if (ignored) this.#lanes.ended(entry);
    else this.#guard(entry, () => this.#settle(entry, verdict, startedAt));
    const held = this.#held.get(entry.id);
    if (held && this.#held.delete(entry.id)) this.#queue(held);
    this.#schedule();
    this.#tools.changed();
  }

  #settle(entry: QueueEntry, verdict: Verdict, startedAt: Date): void {
    const { app, pause } = this.#tools;
    const { project, key, requestId, deadline } = entry;
    const at = app.clock.now();
    const next = app.store.write((tx) => {
      const record = tx.get(queuedRequests, project, key);
      if (record?.requestId !== requestId) return "done";
      const finish = { region: app.region, project, at };
      return concludeAttempt(tx, finish, { ...record, deadline }, verdict, startedAt, pause);
    });
    if (next === "waiting") {
      this.#queue(entry);
      this.#lanes.refused(entry, (whiles, end) =>
        this.#tools.agenda.at(
          this.#now() + Math.min(longestWhile, firstWhile * 2 ** Math.min(whiles - 1, 10)),
          () => {
            end();
            this.#schedule();
          },
        ),
      );
      return;
    }
    this.#lanes.ended(entry);
    if (next === "done") {
      this.#forget(entry);
      this.#tools.finished(project, requestId);
    } else this.#pause(entry, next.notBefore);
  }

  #expire(entries: readonly QueueEntry[]): void {
    if (this.#state !== "started") return;
    // One that runs may end; it is not tried again.
    const over = entries.filter((entry) => entry.state !== "running" && !this.#renew(entry));
    for (let first = 0; first < over.length; first += givenUpTogether) {
      const some = over.slice(first, first + givenUpTogether);
      try {
        this.#giveUp(some);
      } catch (error) {
        this.#tools.log("Asynchronous requests could not be given up; it is tried again.", {
          request: some[0]?.requestId ?? "",
          reason: String(error),
        });
        for (const entry of some) this.#deadlines.set(entry, this.#now() + firstWhile);
      }
    }
  }

  /**
   * Whether a request may wait on, as only a clock that was moved has made it old: nobody but the emulator, which runs so many at once, has kept
   * it from its first turn, and that not for so long.
   */
  #renew(entry: QueueEntry): boolean {
    const { waitsSince, patience } = entry;
    if (waitsSince === undefined || this.#lanes.hasRefused(entry, waitsSince)) return false;
    const left = waitsSince + patience - performance.now();
    if (left <= 0) return false;
    entry.dueAt ??= entry.arrivedAt;
    entry.deadline = this.#now() + Math.ceil(left);
    this.#deadlines.set(entry, entry.deadline);
    return true;
  }

  #giveUp(entries: readonly QueueEntry[]): void {
    giveUpEntries(this.#tools.app, entries);
    for (const entry of entries) {
      this.#forget(entry);
      this.#tools.finished(entry.project, entry.requestId);
    }
  }

  #forget(entry: QueueEntry): void {
    this.#entries.delete(entry.id);
    this.#fresh.delete(entry);
    this.#deadlines.remove(entry);
    entry.cancelPause();
    if (this.#held.get(entry.id) === entry) this.#held.delete(entry.id);
    if (entry.state === "waiting") this.#lanes.remove(entry);
    const flight = entry.state === "running" ? this.#flights.get(entry.id) : undefined;
    if (!flight) return;
    flight.dropped = true;
    flight.abort.abort();
  }

  #now(): number {
    return this.#tools.app.clock.now().getTime();
  }
}
