import type { Logger } from "../../log/logger.ts";
import type { App } from "../app.ts";
import { timerEvent } from "../events/timer.ts";
import { invoke } from "../invocation/invoke.ts";
import { nextMillisecond } from "../schedule/next-time.ts";
import { parseSchedule } from "../schedule/parse-schedule.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { ServiceError } from "../service-error.ts";
import type { TriggerRecord } from "../triggers/records.ts";
import { boundUrn, waitsForFunction } from "./binding.ts";
import { TimerQueue } from "./timer-queue.ts";
import type { ProjectTrigger, TriggerIndex } from "./trigger-index.ts";

/** What timers need beside the app. */
export interface TimerFiringOptions {
  readonly triggers: TriggerIndex;
  readonly log: Logger;
  readonly newRequestId: () => string;
}

/** The timers of all projects at work. */
export interface TimerFiring {
  /** Reads all triggers anew and counts from now on; needed when the clock was set back, as everything else is noticed. */
  refresh(): void;
  /** Lets no timer fire any more. */
  close(): void;
}

interface Timer extends ProjectTrigger {
  readonly schedule: Schedule;
  /** Cleared when the trigger has been changed or is gone; its place in the queue is then passed over. */
  current: boolean;
  /** Why it failed last, which is said once: it may fire thousands of times. */
  failure?: string | undefined;
}

/** Firings that are put into the queue in one transaction. */
const mostTogether = 1000;

/** Milliseconds by which a firing may be late and still be made up for, one by one: the process was busy, not away. */
const patience = 60_000;

/** Fires the active `TIMER` triggers by the emulator's clock from now on. What came due while nothing ran is not made up for. */
export function createTimerFiring(app: App, options: TimerFiringOptions): TimerFiring {
  const { triggers, log } = options;
  const queue = new TimerQueue<Timer>();
  const timers = new Map<string, Timer>();
  let armed: { readonly at: number; readonly cancel: () => void } | undefined;

  const put = ({ project, key, trigger }: ProjectTrigger, now: number): void => {
    const schedule = scheduleOf(trigger);
    if (!schedule) return;
    const timer: Timer = { project, key, trigger, schedule, current: true };
    timers.set(`${project} ${key}`, timer);
    follow(timer, now);
  };
  const drop = (project: string, key: string): void => {
    const timer = timers.get(`${project} ${key}`);
    if (timer) timer.current = false;
    timers.delete(`${project} ${key}`);
  };
  const follow = (timer: Timer, after: number): void => {
    const next = nextMillisecond(timer.schedule, after, timer.trigger.activeSince);
    if (next !== undefined) queue.add(next, timer);
  };

  const arm = (): void => {
    let first = queue.first();
    for (; first && !first.item.current; first = queue.first()) queue.removeFirst();
    if (first?.at === armed?.at) return;
    armed?.cancel();
    armed = first && { at: first.at, cancel: app.clock.setTimer(new Date(first.at), wake) };
  };
  const wake = (): void => {
    armed = undefined;
    const now = app.clock.now().getTime();
    try {
      app.queue.together(() => fireUntil(now, Math.max(now, app.clock.quietUntil?.() ?? now)));
    } catch (error) {
      log.error("Timers could not be put into the queue.", { reason: String(error) });
    }
    arm();
  };
  /** Fires what is due. What comes due until another moment is queued at once, as nothing else happens on the way there. */
  const fireUntil = (now: number, until: number): void => {
    let fired = 0;
    for (let first = queue.first(); first && first.at <= until; first = queue.first()) {
      const { at, item: timer } = first;
      const ahead = at > now;
      if (ahead && (fired >= mostTogether || waitsForFunction(timer.trigger))) return;
      queue.removeFirst();
      if (!timer.current) continue;
      follow(timer, now - at > patience ? now : at);
      fire(timer, at, ahead);
      fired += 1;
    }
  };

  const fire = (timer: Timer, at: number, ahead: boolean): void => {
    const { project, trigger } = timer;
    const request = {
      projectId: project,
      urn: boundUrn(app.region, project, trigger),
      event: Buffer.from(JSON.stringify(timerEvent(trigger, new Date(at)))),
      requestId: options.newRequestId(),
      ...(ahead && { arrivedAt: new Date(at) }),
    };
    // Nothing may get out of here: it would fail whoever moves the clock.
    const failed = (error: unknown): void => {
      const reason = String(error);
      if (reason === timer.failure) return;
      timer.failure = reason;
      const fields = { urn: request.urn, trigger: trigger.id, reason };
      if (error instanceof ServiceError) log.warn("A timer could not run its function.", fields);
      else log.error("A timer failed unexpectedly.", fields);
    };
    const worked = (): void => {
      timer.failure = undefined;
    };
    try {
      if (waitsForFunction(trigger)) invoke(app, { ...request, type: "sync" }).then(worked, failed);
      else {
        app.queue.accept(request);
        worked();
      }
    } catch (error) {
      failed(error);
    }
  };

  const readAll = (): void => {
    for (const { project, key } of [...timers.values()]) drop(project, key);
    queue.clear();
    const now = app.clock.now().getTime();
    for (const each of triggers.all()) put(each, now);
    arm();
  };
  const unsubscribe = triggers.subscribe((changes) => {
    if (changes === "all") return readAll();
    const now = app.clock.now().getTime();
    for (const { project, key, trigger } of changes) {
      drop(project, key);
      if (trigger) put({ project, key, trigger }, now);
    }
    arm();
  });
  readAll();

  return {
    refresh: () => triggers.reload(),
    close: () => {
      unsubscribe();
      armed?.cancel();
      armed = undefined;
      queue.clear();
    },
  };
}

/** The schedule of a timer that is to fire; none of other triggers, and none of what cannot be read, which is not stored. */
function scheduleOf({ type, status, data }: TriggerRecord): Schedule | undefined {
  if (type !== "TIMER" || status !== "ACTIVE") return undefined;
  try {
    return parseSchedule(String(data.schedule_type), String(data.schedule));
  } catch {
    return undefined;
  }
}
