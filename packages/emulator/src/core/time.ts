/** RFC 3339 in seconds and UTC, as `2026-03-02T09:15:27+00:00`: the form of the timestamps in answers. */
export function formatTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}+00:00`;
}

/** Whole seconds since 1970-01-01T00:00:00Z. */
export function epochSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
