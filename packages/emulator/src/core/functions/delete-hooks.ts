import type { Writer } from "../../store/store.ts";
import { deleteAliasesOf } from "../aliases/delete-aliases-of.ts";
import { deleteAsyncOf } from "../async-execution/delete-async-of.ts";
import { deleteFailuresOf } from "../metrics/failures.ts";
import { deleteReservationsOf } from "../reserved-instances/delete-reservations-of.ts";
import { deleteSnapshotsOf } from "../snapshots/delete-snapshots-of.ts";
import { deleteTagsOf } from "../tags/delete-tags-of.ts";
import { deleteEventsOf } from "../test-events/delete-events-of.ts";
import { deleteTracingOf } from "../tracing/delete-tracing-of.ts";
import { deleteTriggersOf } from "../triggers/delete-trigger.ts";

/**
 * Removes what an area keeps about a function that is being deleted.
 * @param qualifier what is deleted: a version (`v1`), an alias (`!prod`), or, when absent, the whole function with everything.
 */
export type DeleteHook = (tx: Writer, project: string, pkg: string, name: string, qualifier?: string) => void;

/** Every area that keeps documents about functions, versions or aliases has its line here, so that none outlives its function. */
export const deleteHooks: readonly DeleteHook[] = [
  deleteAliasesOf,
  deleteAsyncOf,
  deleteEventsOf,
  deleteFailuresOf,
  deleteReservationsOf,
  deleteSnapshotsOf,
  deleteTagsOf,
  deleteTracingOf,
  deleteTriggersOf,
];
