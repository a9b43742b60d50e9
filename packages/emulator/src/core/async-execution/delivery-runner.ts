import type { LogFields } from "../../log/logger.ts";
import type { Agenda } from "./agenda.ts";
import { type DeliverTools, deliver, isHopeless, reasonOf } from "./deliver.ts";
import { type DeliveryRecord, deliveries, projectsOfQueue } from "./queue-records.ts";

/** What deliveries need from the queue around them. */
export interface DeliveryTools extends DeliverTools {
  readonly agenda: Agenda;
  /** Milliseconds to wait after so many attempts, from 1. */
  readonly pause: (attempts: number) => number;
  readonly log: (text: string, fields: LogFields) => void;
  /** A delivery has begun or ended. */
  readonly changed: () => void;
}

interface Item {
  readonly project: string;
  readonly requestId: string;
  /** Takes the end of its pause back. */
  cancelPause: () => void;
}

/** Attempts to deliver one notification. */
const mostAttempts = 5;
const atOnce = 8;

/** Delivers the notifications that ended requests have left in the store; each is there until it has arrived or is given up. */
export class DeliveryRunner {
  readonly #tools: DeliveryTools;
  /** All that are known here, waiting, in a pause or on their way. */
  readonly #items = new Map<string, Item>();
  #waiting: Item[] = [];
  #underWay = new Set<Promise<void>>();
  #running = false;
  #abort = new AbortController();
  /** Settings whose notifications cannot be delivered and of which that has been said. */
  readonly #told = new Set<string>();

  constructor(tools: DeliveryTools) {
    this.#tools = tools;
  }

  /** Deliveries under way, or about to be. */
  get active(): number {
    return this.#underWay.size + (this.#running ? this.#waiting.length : 0);
  }

  start(): void {
    this.#running = true;
    this.#pump();
  }

  /** Takes up the notification that a request left, if it left one. */
  add(project: string, requestId: string): void {
    const record = this.#tools.app.store.read((tx) => tx.get(deliveries, project, requestId));
    if (record) this.#take(project, record);
    this.#pump();
  }

  /** Takes up what is in the store. What is no more there is dropped as its turn comes. */
  reload(): void {
    this.#told.clear();
    const all = this.#tools.app.store.read((tx) =>
      projectsOfQueue(tx).flatMap((project) =>
        tx.list(deliveries, project).map(({ value }) => ({ project, value })),
      ),
    );
    for (const { project, value } of all) this.#take(project, value);
    this.#pump();
  }

  /** Begins no more, and breaks off what is under way; the next start delivers it. */
  async close(): Promise<void> {
    this.#running = false;
    this.#abort.abort();
    await Promise.all(this.#underWay);
  }

  #take(project: string, { requestId, notBefore }: DeliveryRecord): void {
    const id = `${project} ${requestId}`;
    if (this.#items.has(id)) return;
    const item: Item = { project, requestId, cancelPause: () => undefined };
    this.#items.set(id, item);
    this.#wait(item, notBefore);
  }

  #wait(item: Item, notBefore = 0): void {
    if (notBefore <= this.#tools.app.clock.now().getTime()) {
      this.#waiting.push(item);
      return;
    }
    item.cancelPause = this.#tools.agenda.at(notBefore, () => {
      this.#waiting.push(item);
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#running && this.#underWay.size < atOnce) {
      const item = this.#waiting.shift();
      if (!item) return;
      const sending = this.#send(item)
        .catch((error) =>
          this.#tools.log("A notification could not be looked after; the next start does.", {
            request: item.requestId,
            reason: String(error),
          }),
        )
        .finally(() => {
          this.#underWay.delete(sending);
          this.#pump();
          this.#tools.changed();
        });
      this.#underWay.add(sending);
    }
  }

  async #send(item: Item): Promise<void> {
    const { app } = this.#tools;
    const record = app.store.read((tx) => tx.get(deliveries, item.project, item.requestId));
    if (!record) {
      this.#forget(item);
      return;
    }
    let removed: boolean;
    try {
      removed = await deliver(this.#tools, item.project, record, this.#abort.signal);
    } catch (error) {
      // Broken off: it stays where it is.
      if (this.#running) this.#failed(item, record, error);
      return;
    }
    if (!removed) app.store.write((tx) => tx.delete(deliveries, item.project, item.requestId));
    this.#forget(item);
  }

  #failed(item: Item, record: DeliveryRecord, error: unknown): void {
    const { app, agenda, pause, log } = this.#tools;
    const attempts = record.attempts + 1;
    const hopeless = isHopeless(error);
    const fields = {
      request: record.requestId,
      function: `${record.package}:${record.name}:${record.version}`,
      target: record.target.destination,
      attempts,
      reason: reasonOf(error),
    };
    const notBefore = app.clock.now().getTime() + pause(attempts);
    const again = !hopeless && attempts < mostAttempts;
    const kept = app.store.write((tx) => {
      // Meanwhile it may have been taken away.
      if (!tx.get(deliveries, item.project, item.requestId)) return false;
      if (again) tx.put(deliveries, item.project, item.requestId, { ...record, attempts, notBefore });
      else tx.delete(deliveries, item.project, item.requestId);
      return again;
    });
    if (kept) {
      item.cancelPause = agenda.at(notBefore, () => {
        this.#waiting.push(item);
        this.#pump();
      });
      return;
    }
    this.#forget(item);
    if (again) return;
    const settings = JSON.stringify([item.project, fields.function, record.target]);
    if (hopeless && this.#told.has(settings)) return;
    this.#told.add(settings);
    log("The notification about an asynchronous request was not delivered.", fields);
  }

  #forget(item: Item): void {
    item.cancelPause();
    this.#items.delete(`${item.project} ${item.requestId}`);
  }
}
