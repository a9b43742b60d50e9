import { DocumentStore } from "./document-store.ts";
import { MemoryRows } from "./memory-rows.ts";

/** A store that lives and ends with the process. */
export class MemoryStore extends DocumentStore {
  constructor() {
    super(new MemoryRows());
  }
}
