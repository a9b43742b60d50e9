/** A span of time in which the clocks of a zone are not changed. Seconds since 1970; the end is outside. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** Seconds that the zone is ahead of UTC. */
  readonly offset: number;
}

/** What tells how far the clocks of a zone are from UTC. */
export interface TimeZone {
  /** The span around a moment in which the clocks are not changed; it may end earlier than their next change. */
  segmentAt(seconds: number): Segment;
}

const always: Segment = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY, offset: 0 };
const utc: TimeZone = { segmentAt: () => always };
/** Offsets are looked up day by day in windows of this length, as asking the platform is slow and nearly all answers are alike. */
const windowSeconds = 64 * 86_400;
const probeSeconds = 86_400;
const keptWindows = 512;

class PlatformZone implements TimeZone {
  /** As the platform spells it. */
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #windows = new Map<number, readonly Segment[]>();
  #last: Segment = { start: 0, end: 0, offset: 0 };

  constructor(name: string) {
    this.#format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
    this.name = this.#format.resolvedOptions().timeZone;
  }

  segmentAt(seconds: number): Segment {
    if (seconds >= this.#last.start && seconds < this.#last.end) return this.#last;
    const index = Math.floor(seconds / windowSeconds);
    let segments = this.#windows.get(index);
    if (!segments) {
      segments = this.#measure(index * windowSeconds);
      if (this.#windows.size >= keptWindows) this.#windows.clear();
      this.#windows.set(index, segments);
    }
    const found = segments.find((segment) => seconds < segment.end);
    if (!found) throw new RangeError(`no offset for ${seconds}`);
    this.#last = found;
    return found;
  }

  #measure(start: number): Segment[] {
    const segments: Segment[] = [];
    const end = start + windowSeconds;
    let from = start;
    let offset = this.#offsetAt(start);
    for (let probe = start + probeSeconds; probe <= end; probe += probeSeconds) {
      const next = this.#offsetAt(probe);
      if (next === offset) continue;
      const change = this.#changeBetween(probe - probeSeconds, probe, offset);
      if (change < end) {
        segments.push({ start: from, end: change, offset });
        from = change;
        offset = next;
      }
    }
    segments.push({ start: from, end, offset });
    return segments;
  }

  /** The first second with another offset, after one that has the given and up to one that has not. */
  #changeBetween(before: number, after: number, offset: number): number {
    let low = before;
    let high = after;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#offsetAt(middle) === offset) low = middle;
      else high = middle;
    }
    return high;
  }

  #offsetAt(seconds: number): number {
    const text = this.#format.format(seconds * 1000);
    const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
    if (!match) throw new RangeError(`no offset in ${text}`);
    const [, sign, hours = "0", minutes = "0", rest = "0"] = match;
    const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
    return sign === "-" ? -size : size;
  }
}

const zones = new Map<string, TimeZone>([["UTC", utc]]);

/** The zone of an IANA name such as `Europe/Berlin`, or `UTC`; none when the platform does not know it. Plain offsets are no names. */
export function timeZone(name: string): TimeZone | undefined {
  const known = zones.get(name);
  if (known) return known;
  if (name.length > 64 || !/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return undefined;
  try {
    const zone = new PlatformZone(name);
    // One zone for all spellings and all names of a place, so that there are never more than the platform knows.
    const same = zones.get(zone.name);
    if (!same) zones.set(zone.name, zone);
    return same ?? zone;
  } catch {
    return undefined;
  }
}
