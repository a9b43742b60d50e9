import { clearTimeout, setTimeout } from "node:timers";

/** Milliseconds that a call takes at most of which others need not know how long it lasts. */
const quick = 5;
/** So many calls in a row were quick before another is sent while one is under way. */
const proof = 16;
/** Most calls that wait in a process. */
const most = 8;
/** Milliseconds in which a call must end, or those that wait behind it are taken back. */
const patience = 20;

/**
 * Says whether calls that no instance is free for are sent to a busy one, to run when the others have ended: it saves waking its process for
 * each, which takes longer than a short call. Only where all calls have been short: behind one that lasts, others would wait though another
 * instance is free.
 */
export class SendAhead {
  readonly #waiting: () => number;
  readonly #takeBack: () => void;
  #quick = 0;
  #ended = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param waiting how many calls the process has that have not begun @param takeBack asks for these */
  constructor(waiting: () => number, takeBack: () => void) {
    this.#waiting = waiting;
    this.#takeBack = takeBack;
  }

  /** Whether one more may be sent. */
  takesMore(): boolean {
    return this.#quick >= proof && this.#waiting() < most;
  }

  sent(): void {
    this.#timer ??= this.#look(this.#ended);
  }

  /** A call has ended; undefined when no more shall be sent ahead for now. */
  ended(milliseconds: number | undefined): void {
    this.#ended += 1;
    this.#quick = milliseconds !== undefined && milliseconds <= quick ? this.#quick + 1 : 0;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #look(ended: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#timer = undefined;
      if (this.#waiting() <= 0) return;
      if (this.#ended === ended) {
        this.#quick = 0;
        this.#takeBack();
      }
      this.sent();
    }, patience).unref();
  }
}
