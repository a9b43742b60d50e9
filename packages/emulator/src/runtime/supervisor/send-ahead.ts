import { clearTimeout, setTimeout } from "node:timers";

/** Milliseconds in which calls that are sent ahead shall have begun, by the average of those before: where no instance is free. */
export const soon = 2;
/** The same where one is free: its process would take longer to wake up. */
export const sooner = 0.2;
/** Calls in a row whose time must be known. */
const proof = 16;
/** How much of the average is the last call's. */
const weight = 1 / 16;
/** Most calls that wait in a process. */
const most = 64;
/** Milliseconds in which a call must end, or those that wait behind it are taken back. */
const patience = 20;

/**
 * Says whether calls are sent to a busy instance, to run when those it has have ended: it saves waking a process for each, which takes longer
 * than a short call. Only where calls are short: behind one that lasts, others would wait though another instance is free.
 */
export class SendAhead {
  readonly #waiting: () => number;
  readonly #takeBack: () => void;
  #average = 0;
  /** Calls in a row that went as expected. */
  #known = 0;
  #ended = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param waiting how many calls the process has that have not begun @param takeBack asks for these */
  constructor(waiting: () => number, takeBack: () => void) {
    this.#waiting = waiting;
    this.#takeBack = takeBack;
  }

  /** Whether one more may be sent. @param within milliseconds in which it shall have begun */
  takesMore(within: number): boolean {
    return this.#known >= proof && this.#waiting() < Math.min(most, Math.floor(within / this.#average));
  }

  sent(): void {
    this.#timer ??= this.#look(this.#ended);
  }

  /** A call has ended; undefined when no more shall be sent ahead for now. */
  ended(milliseconds: number | undefined): void {
    this.#ended += 1;
    this.#known = milliseconds === undefined ? 0 : this.#known + 1;
    if (milliseconds !== undefined)
      this.#average += (milliseconds - this.#average) * Math.max(weight, 1 / this.#known);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #look(ended: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#timer = undefined;
      if (this.#waiting() <= 0) return;
      if (this.#ended === ended) {
        this.#known = 0;
        this.#takeBack();
      }
      this.sent();
    }, patience).unref();
  }
}
