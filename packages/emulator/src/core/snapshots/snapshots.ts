import { type Collection, collection } from "../../store/store.ts";

/** Whether new instances of a version start from a snapshot. Stored under `versionKey`; a version without one never had any. */
export interface SnapshotRecord {
  readonly state: "enable" | "disable";
}

export const snapshots: Collection<SnapshotRecord> = collection<SnapshotRecord>("snapshot");
