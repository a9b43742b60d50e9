import { compareBytes } from "./compare-bytes.ts";
import type { Row, Rows, Span } from "./rows.ts";

/** Rows in memory; as much of a database as the contract shows, and gone with the process. */
export class MemoryRows implements Rows {
  /** Collection → project → documents. */
  #spaces = new Map<string, Map<string, Space>>();
  /** How to undo what the transaction did, latest last. */
  #undo: (() => void)[] = [];

  begin(): void {
    this.#undo = [];
  }

  commit(): void {
    this.#undo = [];
  }

  rollback(): void {
    for (const step of this.#undo.reverse()) step();
    this.#undo = [];
  }

  get(collection: string, project: string, id: string): string | undefined {
    return this.#space(collection, project)?.texts.get(id);
  }

  list(
    collection: string,
    project: string,
    { prefix, after, limit = Number.POSITIVE_INFINITY }: Span,
  ): { id: string; text: string }[] {
    const space = this.#space(collection, project);
    if (!space) return [];
    const found: { id: string; text: string }[] = [];
    const ids = sorted(space);
    const fromPrefix = position(ids, (id) => compareBytes(id, prefix) < 0);
    const fromAfter = after === undefined ? 0 : position(ids, (id) => compareBytes(id, after) <= 0);
    for (let at = Math.max(fromPrefix, fromAfter); at < ids.length && found.length < limit; at += 1) {
      // Below the length, and ids holds exactly the keys of texts.
      const id = ids[at] as string;
      if (!id.startsWith(prefix)) break;
      found.push({ id, text: space.texts.get(id) as string });
    }
    return found;
  }

  count(collection: string, project: string, prefix: string): number {
    const space = this.#space(collection, project);
    if (!space) return 0;
    if (prefix === "") return space.texts.size;
    return this.list(collection, project, { prefix, after: undefined, limit: undefined }).length;
  }

  put({ collection, project, id, text }: Row): void {
    const space = this.#space(collection, project) ?? this.#add(collection, project);
    const before = space.texts.get(id);
    this.#undo.push(() => (before === undefined ? remove(space, id) : add(space, id, before)));
    add(space, id, text);
  }

  delete(collection: string, project: string, id: string): boolean {
    const space = this.#space(collection, project);
    const before = space?.texts.get(id);
    if (!space || before === undefined) return false;
    this.#undo.push(() => add(space, id, before));
    remove(space, id);
    return true;
  }

  all(only?: string): Row[] {
    const rows: Row[] = [];
    for (const [collection, projects] of inOrder(this.#spaces)) {
      if (only !== undefined && collection !== only) continue;
      for (const [project, space] of inOrder(projects)) {
        for (const [id, text] of inOrder(space.texts)) rows.push({ collection, project, id, text });
      }
    }
    return rows;
  }

  clear(): void {
    const before = this.#spaces;
    this.#undo.push(() => {
      this.#spaces = before;
    });
    this.#spaces = new Map();
  }

  close(): void {
    this.#spaces = new Map();
  }

  #space(collection: string, project: string): Space | undefined {
    return this.#spaces.get(collection)?.get(project);
  }

  #add(collection: string, project: string): Space {
    const space: Space = { texts: new Map(), order: undefined };
    const projects = this.#spaces.get(collection) ?? new Map<string, Space>();
    this.#spaces.set(collection, projects.set(project, space));
    return space;
  }
}

interface Space {
  readonly texts: Map<string, string>;
  /** The identifiers in order, made when first asked for and kept from then on. */
  order: string[] | undefined;
}

function sorted(space: Space): string[] {
  space.order ??= [...space.texts.keys()].sort(compareBytes);
  return space.order;
}

function add(space: Space, id: string, text: string): void {
  if (space.order && !space.texts.has(id)) space.order.splice(indexOf(space.order, id), 0, id);
  space.texts.set(id, text);
}

function remove(space: Space, id: string): void {
  if (space.order && space.texts.has(id)) space.order.splice(indexOf(space.order, id), 1);
  space.texts.delete(id);
}

/** Where an identifier is, or belongs. */
function indexOf(ids: readonly string[], id: string): number {
  return position(ids, (other) => compareBytes(other, id) < 0);
}

/** How many of the first elements the condition holds for; it holds for no later one. */
function position(ids: readonly string[], isBefore: (id: string) => boolean): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    // Between low and high, so inside.
    if (isBefore(ids[middle] as string)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function inOrder<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => compareBytes(a, b));
}
