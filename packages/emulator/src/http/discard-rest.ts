import type { Readable } from "node:stream";
import { clearTimeout, setTimeout } from "node:timers";

/** Milliseconds between two pieces after which nothing more is waited for, and those for all of it. */
const patience = { idle: 2000, total: 30_000 };

/**
 * Reads what a client is still sending although it is answered, and throws it away. Whoever closes a connection with data unread resets it:
 * the client then sees a broken connection instead of the answer.
 * @param over called once, when there is no more, or it takes too long
 */
export function discardRest(from: Readable, over: () => void): void {
  const idle = setTimeout(end, patience.idle);
  const total = setTimeout(end, patience.total);
  const refresh = (): void => void idle.refresh();
  from.on("data", refresh).once("end", end).once("close", end).once("error", end);
  from.resume();

  function end(): void {
    clearTimeout(idle);
    clearTimeout(total);
    from.off("data", refresh).off("end", end).off("close", end).off("error", end);
    over();
  }
}
