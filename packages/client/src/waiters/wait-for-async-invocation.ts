import type { FunctionGraphMethods } from "../generated/methods.ts";
import type { AsyncInvocation } from "../generated/types/index.js";
import type { WaitOptions } from "./wait-options.ts";
import { waitUntil } from "./wait-until.ts";

/** An asynchronous request: the function it went to, and the ID that `asyncInvokeFunction` answered with. */
export interface AsyncRequest {
  readonly function_urn: string;
  readonly request_id: string;
}

const hour = 3_600_000;

/**
 * Waits until an asynchronous request has come to its end, and resolves to its record: whether the function succeeded (`SUCCESS`), failed
 * (`FAIL`) or was never run (`DISCARD`) says its `status`.
 *
 * Records exist only of requests that arrived while `enable_async_status_log` of the function's asynchronous settings was on, and begin to
 * be looked for an hour before the wait. Rejects with a TimeoutError whose cause tells the last state, or with an AbortError.
 *
 * @example
 * ```ts
 * const { request_id } = await fg.asyncInvokeFunction({ path: { function_urn }, body: { name: "Ada" } });
 * const { status, error_message } = await waitForAsyncInvocation(fg, { function_urn, request_id }, { timeout: 60_000 });
 * ```
 */
export function waitForAsyncInvocation(
  fg: Pick<FunctionGraphMethods, "listAsyncInvocations">,
  { function_urn, request_id }: AsyncRequest,
  options: WaitOptions = {},
): Promise<AsyncInvocation> {
  // Left out it moves with the clock, and a request would drop out of sight after an hour.
  const since = new Date((options.clock?.now() ?? Date.now()) - hour);
  const query = { request_id, query_begin_time: since.toISOString().slice(0, 19) };
  return waitUntil(
    "waitForAsyncInvocation",
    async (signal) => {
      const { invocations = [] } = await fg.listAsyncInvocations(
        { path: { function_urn }, query },
        { signal },
      );
      const record = invocations.find((one) => one.request_id === request_id);
      if (!record) return { state: "the request is not on record; is enable_async_status_log on?" };
      const { status } = record;
      return status === "SUCCESS" || status === "FAIL" || status === "DISCARD"
        ? { done: record }
        : { state: String(status) };
    },
    options,
  );
}
