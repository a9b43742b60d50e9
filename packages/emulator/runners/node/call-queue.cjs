// Calls that were sent ahead: they run one after the other, each once the answer before it is out.
"use strict";

// As they are now: a function may put others in their place.
const { setImmediate } = require("node:timers");

exports.CallQueue = class {
  #most;
  #run;
  #send;
  #written;
  #running = 0;
  #waiting = [];

  /**
   * @param most calls at once
   * @param run begins a call: gets what `add` got, what to ask at its end for the call that comes next, and what to call when its answer is out
   * @param send of frames.cjs
   * @param written gives the bytes that went to the function's log so far
   */
  constructor(most, run, send, written) {
    this.#most = most;
    this.#run = run;
    this.#send = send;
    this.#written = written;
  }

  add(head, body) {
    if (this.#running >= this.#most) {
      this.#waiting.push({ head, body });
      return;
    }
    this.#running += 1;
    if (head.ahead) this.#send({ type: "begun", id: head.id, written: this.#written() });
    this.#begin(head, body);
  }

  /** Gives back what has not begun. */
  return() {
    for (const { head } of this.#waiting.splice(0)) this.#send({ type: "returned", id: head.id });
  }

  #begin(head, body) {
    let next;
    const choose = () => {
      next = this.#waiting.shift();
      return next?.head.id;
    };
    this.#run(head, body, choose, () => {
      // What the call left for the next turn of the event loop comes first.
      if (next) setImmediate(() => this.#begin(next.head, next.body));
      else this.#running -= 1;
    });
  }
};
