import type { FunctionService } from "../running/function-service.ts";

/** What the API tells of an asynchronous request. */
export interface RequestRecord {
  readonly request_id: string;
  readonly status: string;
}

/** The states that a request does not leave. */
export const finalStates: ReadonlySet<string> = new Set(["SUCCESS", "FAIL", "DISCARD"]);

const pageSize = 500;

/** All requests of a function that came in since a moment, by their identifiers. */
export async function requestRecords(
  service: FunctionService,
  name: string,
  since: Date,
): Promise<Map<string, RequestRecord>> {
  const begin = since.toISOString().slice(0, 19);
  const found = new Map<string, RequestRecord>();
  for (let marker = 0; ; ) {
    const query = new URLSearchParams({
      query_begin_time: begin,
      limit: String(pageSize),
      marker: String(marker),
    });
    const page = await service.ask("GET", `/${service.urn(name)}/async-invocations?${query}`);
    // `as`: the API's description says so.
    const records = page.invocations as readonly RequestRecord[];
    for (const record of records) found.set(record.request_id, record);
    if (records.length < pageSize) return found;
    marker = page.next_marker;
  }
}
