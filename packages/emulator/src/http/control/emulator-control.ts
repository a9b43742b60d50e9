import type { Clock } from "../../core/clock.ts";
import type { SnapshotSummary } from "../../store/snapshot.ts";

/** A clock that can be stopped and moved. */
export interface AdjustableClock extends Clock {
  readonly frozen: boolean;
  /** Stops at a time, now without one. */
  freeze(at?: Date): void;
  /** Moves on by milliseconds, whether stopped or not. */
  advance(milliseconds: number): void;
  /** Lets it run on from where it stands. */
  resume(): void;
  /** @throws RangeError when the way to a time is longer than the clock is moved at once */
  checkMove(to: Date): void;
}

/** What `/_emulator/` can do to the emulator as a whole. */
export interface EmulatorControl {
  readonly clock: AdjustableClock;
  health(): Promise<Readonly<Record<string, unknown>>>;
  /** Removes everything of one project, or of all. @throws ServiceError FSS.0400 when there is no such project */
  reset(projectId?: string): void;
  /** The whole state, as the store's snapshots are written. */
  snapshot(): AsyncIterable<Uint8Array>;
  /**
   * Replaces the whole state by a snapshot.
   * @throws SnapshotError when it is none.
   */
  restore(snapshot: AsyncIterable<Uint8Array>): Promise<SnapshotSummary>;
}
