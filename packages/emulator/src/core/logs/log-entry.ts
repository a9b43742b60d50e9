/** A function whose log is kept. */
export interface LoggedFunction {
  readonly projectId: string;
  readonly package: string;
  readonly name: string;
}

/** The log of one call. */
export interface LogEntry {
  readonly owner: LoggedFunction;
  /** Empty where it is not known any more. */
  readonly version: string;
  /** Ends with a line feed. */
  readonly text: string;
  /** Position among all entries of all functions; those from before the start have 0. */
  readonly order: number;
}

/** Which logs are meant; what is left out does not matter. */
export interface LogFilter extends Partial<LoggedFunction> {
  readonly version?: string;
}

/** Whether a function's log is among those that are meant. */
export function isLogOf(owner: LoggedFunction, filter: LogFilter): boolean {
  return (
    (filter.projectId === undefined || filter.projectId === owner.projectId) &&
    (filter.package === undefined || filter.package === owner.package) &&
    (filter.name === undefined || filter.name === owner.name)
  );
}

/** Whether an entry is among those that are meant. */
export function isEntryOf(entry: LogEntry, filter: LogFilter): boolean {
  return isLogOf(entry.owner, filter) && (filter.version === undefined || filter.version === entry.version);
}
