/** Why a snapshot cannot be taken back, in words for whoever sent it. */
export class SnapshotError extends Error {
  override readonly name = "SnapshotError";
}
