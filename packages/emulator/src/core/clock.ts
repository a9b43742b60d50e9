/** Where the emulator takes the time from: never from the system directly, so that tests and `/_emulator/clock` decide. */
export interface Clock {
  now(): Date;
}

/** A clock that also calls back. */
export interface TimerClock extends Clock {
  /** Calls back once when the time has come, at once in the next turn if it has already; the answer takes the timer back. Keeps no process alive. */
  setTimer(at: Date, callback: () => void): () => void;
  /**
   * While it is moved past its timers: the last moment, in milliseconds since 1970, up to which no timer is due but those that the one it is
   * calling sets itself. So that one may do at once what it would be called for again and again. Now, when it is not moved.
   */
  quietUntil?(): number;
}
