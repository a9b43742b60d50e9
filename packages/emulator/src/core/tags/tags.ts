import { type Collection, collection } from "../../store/store.ts";

/** The tags of a function in the order in which they were added. Stored under `functionKey`. */
export interface TagsRecord {
  readonly tags: readonly Tag[];
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export const tags: Collection<TagsRecord> = collection<TagsRecord>("tags");
