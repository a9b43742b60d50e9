import { type Case, type CasesOf, cannot } from "./case.ts";
import { exampleBody, exampleNames, projectId } from "./examples.ts";
import { rewriteState } from "./rewrite-state.ts";
import { after, asyncSettings, orders, v1 } from "./setups.ts";
import { aliasFaults, functionFaults, ordersUrn } from "./urn-faults.ts";

const settings = { body: exampleBody("updateFunctionAsyncInvokeConfig", "targets") };
const cancel = exampleBody("cancelAsyncInvocation", "force");
const requestId = String(cancel.request_id);
const startTime = Date.parse("2026-03-02T09:15:00Z");
const key = `default:hello-orders:${String(startTime).padStart(15, "0")}:${requestId}`;
/** A request that waits; it comes from a snapshot, so that nothing runs it. */
const waiting = after([orders], (world) =>
  rewriteState(world, (document) => document, [
    {
      collection: "async-invocation",
      project: projectId,
      id: key,
      value: {
        requestId,
        version: "latest",
        listed: true,
        status: "WAIT",
        errorCode: 0,
        errorMessage: "",
        startTime,
      },
    },
    { collection: "async-invocation-key", project: projectId, id: requestId, value: { key } },
  ]),
);
const noSettings: Case = { given: "a version without settings", setup: [orders] };

/** Asynchronous invocations: their settings and what became of them. */
export const asyncExecution: CasesOf<
  | "showFunctionAsyncInvokeConfig"
  | "updateFunctionAsyncInvokeConfig"
  | "deleteFunctionAsyncInvokeConfig"
  | "listFunctionAsyncInvokeConfig"
  | "listAsyncInvocations"
  | "cancelAsyncInvocation"
> = {
  showFunctionAsyncInvokeConfig: {
    successes: [
      {
        given: "settings",
        setup: [asyncSettings],
        want: { max_async_event_age_in_seconds: 3600, max_async_retry_attempts: 2 },
      },
    ],
    refusals: { ...aliasFaults(), "FSS.0404": noSettings },
  },
  updateFunctionAsyncInvokeConfig: {
    successes: exampleNames("updateFunctionAsyncInvokeConfig").map((name) => ({
      given: `the example ${name}`,
      setup: [orders],
      send: { body: exampleBody("updateFunctionAsyncInvokeConfig", name) },
    })),
    refusals: {
      ...aliasFaults(settings),
      "FSS.0400": [
        {
          given: "9 retries",
          setup: [orders],
          send: { body: { ...settings.body, max_async_retry_attempts: 9 } },
        },
        {
          given: "a target whose settings are not JSON",
          setup: [orders],
          send: {
            body: {
              ...settings.body,
              destination_config: { on_success: { destination: "OBS", param: "bucket" } },
            },
          },
        },
      ],
    },
  },
  deleteFunctionAsyncInvokeConfig: {
    successes: [{ given: "settings", setup: [asyncSettings] }],
    refusals: { ...aliasFaults(), "FSS.0404": noSettings },
  },
  listFunctionAsyncInvokeConfig: {
    successes: [
      { given: "none", setup: [orders], want: { count: 0, async_invoke_configs: [] } },
      {
        given: "those of two versions",
        setup: [
          asyncSettings,
          v1,
          (world) =>
            world.made("updateFunctionAsyncInvokeConfig", {
              ...settings,
              path: { function_urn: `${ordersUrn}:v1` },
            }),
        ],
        want: { count: 2 },
      },
    ],
    refusals: {
      ...functionFaults(),
      "FSS.1001": { given: "a limit that is no number", setup: [orders], send: { query: { limit: "ten" } } },
    },
  },
  listAsyncInvocations: {
    successes: [
      { given: "none", setup: [orders], want: { count: 0, invocations: [] } },
      {
        given: "a request that waits",
        setup: [waiting],
        send: { query: { status: "WAIT" } },
        want: { count: 1, invocations: [{ request_id: requestId, status: "WAIT" }] },
      },
    ],
    refusals: {
      ...aliasFaults(),
      "FSS.0404": cannot("A list is there even when it is empty."),
      "FSS.1001": [
        { given: "a limit that is no number", setup: [orders], send: { query: { limit: "ten" } } },
        {
          given: "a time with a zone",
          setup: [orders],
          send: { query: { query_begin_time: "2026-03-02T10:15:27+01:00" } },
        },
      ],
    },
  },
  cancelAsyncInvocation: {
    successes: [
      {
        given: "a request that waits",
        setup: [waiting],
        send: { body: cancel },
        check: async (world) => {
          const { invocations } = await world.made("listAsyncInvocations");
          const [first] = invocations as { readonly status: string }[]; // as the description says
          if (first?.status !== "FAIL") throw new Error(`The request is ${first?.status}.`);
        },
      },
    ],
    refusals: {
      ...aliasFaults({ body: cancel }),
      "FSS.0400": { given: "a request that is not there", setup: [orders], send: { body: cancel } },
      "FSS.0404": cannot("FSS.0400 with the text Invalid RequestId is answered, as the service does."),
    },
  },
};
