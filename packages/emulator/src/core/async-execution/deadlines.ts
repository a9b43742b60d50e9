import type { Agenda } from "./agenda.ts";

/** Times by which something has to be done about each of many; those of one time share one appointment, and are called for together. */
export class Deadlines<T extends object> {
  readonly #agenda: Agenda;
  readonly #passed: (all: readonly T[]) => void;
  readonly #groups = new Map<number, { readonly members: Set<T>; readonly cancel: () => void }>();
  readonly #times = new WeakMap<T, number>();

  /** @param passed gets those whose time has come, in the order in which they were set. */
  constructor(agenda: Agenda, passed: (all: readonly T[]) => void) {
    this.#agenda = agenda;
    this.#passed = passed;
  }

  /** Sets the time of one, in milliseconds since 1970, instead of what was set before. */
  set(one: T, time: number): void {
    this.remove(one);
    let group = this.#groups.get(time);
    if (!group) {
      const members = new Set<T>();
      const cancel = this.#agenda.at(time, () => {
        this.#groups.delete(time);
        this.#passed([...members]);
      });
      group = { members, cancel };
      this.#groups.set(time, group);
    }
    group.members.add(one);
    this.#times.set(one, time);
  }

  /** Forgets one, if it is known. */
  remove(one: T): void {
    const time = this.#times.get(one);
    if (time === undefined) return;
    this.#times.delete(one);
    const group = this.#groups.get(time);
    if (!group?.members.delete(one) || group.members.size > 0) return;
    group.cancel();
    this.#groups.delete(time);
  }
}
