/** What is asked of a list of documents once it has been checked: plain strings, `""` for "no condition". */
export interface Span {
  readonly prefix: string;
  readonly after: string | undefined;
  readonly limit: number | undefined;
}

/** One stored document, its value as JSON text. */
export interface Row {
  readonly collection: string;
  readonly project: string;
  readonly id: string;
  readonly text: string;
}

/**
 * Where documents lie, as text and without any rules: `DocumentStore` adds copies, transactions' manners and checks, once for all of them.
 * Everything is synchronous, and every change happens between `begin` and `commit` or `rollback`.
 */
export interface Rows {
  begin(): void;
  commit(): void;
  rollback(): void;
  get(collection: string, project: string, id: string): string | undefined;
  /** In the order of code points, which is the bytewise order of UTF-8. */
  list(collection: string, project: string, span: Span): { readonly id: string; readonly text: string }[];
  count(collection: string, project: string, prefix: string): number;
  put(row: Row): void;
  delete(collection: string, project: string, id: string): boolean;
  /** All rows as they are now, or those of a collection, in the order of collection, project and identifier. */
  all(collection?: string): Row[];
  clear(): void;
  close(): void;
}
