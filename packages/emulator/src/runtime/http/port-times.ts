/** How long the port of HTTP functions is waited for and left to an instance, in milliseconds. */
export interface PortTimes {
  /** That a start waits for an instance that has the port and is busy. */
  readonly patience: number;
  /** That a start waits for a port that no instance of ours has: one that has just ended leaves it within milliseconds. */
  readonly foreign: number;
  /** That an instance counts as busy after it has become ready and after a call, for its next call may be on its way. */
  readonly firstCall: number;
  readonly nextCall: number;
  /** After which an instance has to go between two calls, if a start of another function has waited for as long. */
  readonly turn: number;
}

/** What holds unless it is said otherwise. */
export const usualTimes: PortTimes = {
  patience: 10_000,
  foreign: 2000,
  firstCall: 1000,
  nextCall: 50,
  turn: 500,
};
