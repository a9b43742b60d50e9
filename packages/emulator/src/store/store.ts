/** A value that JSON can hold. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** A named set of documents of one shape. The type parameter is for the compiler alone. */
export interface Collection<T> {
  readonly name: string;
  /** Never set. */
  readonly shape?: T;
}

/** Names a collection; each part of the core that keeps documents declares its own. */
export function collection<T>(name: string): Collection<T> {
  return { name };
}

/** A document with the identifier that it is stored under. */
export interface Entry<T> {
  readonly id: string;
  readonly value: T;
}

export interface Range {
  /** Only identifiers that start with this. */
  readonly prefix?: string;
  /** Only identifiers after this one, itself excluded. */
  readonly after?: string;
  readonly limit?: number;
}

/** A consistent view of all documents. Projects are strictly apart; `""` is the space of what belongs to no project. */
export interface Reader {
  get<T>(collection: Collection<T>, project: string, id: string): T | undefined;
  /** Documents in the bytewise order of their identifiers. */
  list<T>(collection: Collection<T>, project: string, range?: Range): Entry<T>[];
  count<T>(collection: Collection<T>, project: string, prefix?: string): number;
}

export interface Writer extends Reader {
  /** Stores a document, over an older one with the same identifier. */
  put<T>(collection: Collection<T>, project: string, id: string, value: T): void;
  /** Removes a document and tells whether there was one. */
  delete<T>(collection: Collection<T>, project: string, id: string): boolean;
}

/** One stored document with everything that locates it; what a snapshot is made of. */
export interface StoredDocument {
  readonly collection: string;
  readonly project: string;
  readonly id: string;
  readonly value: Json;
}

/**
 * Where the emulator keeps its state. Work is synchronous: nothing else happens between the start and the end of a transaction.
 * Values given out are copies; changing them changes nothing stored.
 */
export interface Store {
  /** Grows with every transaction that may have written; what was read is still so as long as it is the same. */
  readonly changes: number;
  read<T>(work: (tx: Reader) => T): T;
  /** Runs the work as one transaction: durable when it returns, undone as a whole when it throws. */
  write<T>(work: (tx: Writer) => T): T;
  /** Every document, or every one of a collection whatever its project, in the order of collection, project and identifier. */
  documents(of?: Collection<unknown>): Iterable<StoredDocument>;
  /** Replaces the whole state in one transaction. */
  replace(documents: Iterable<StoredDocument>): void;
  close(): void;
}
