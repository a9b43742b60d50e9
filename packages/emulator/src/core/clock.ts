/** Where the emulator takes the time from: never from the system directly, so that tests and `/_emulator/clock` decide. */
export interface Clock {
  now(): Date;
}

/** A clock that also calls back. */
export interface TimerClock extends Clock {
  /** Calls back once when the time has come, at once in the next turn if it has already; the answer takes the timer back. Keeps no process alive. */
  setTimer(at: Date, callback: () => void): () => void;
}
