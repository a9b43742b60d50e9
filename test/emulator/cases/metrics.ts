import type { CasesOf } from "./case.ts";
import { orders, prod } from "./setups.ts";
import { aliasFaults, ordersUrn } from "./urn-faults.ts";

const hour = { path: { period: "60" } };

/** Figures of invocations. */
export const metrics: CasesOf<"listFunctionAsMetric" | "listStatistics" | "listFunctionStatistics"> = {
  listFunctionAsMetric: {
    successes: [
      { given: "the usual figure", setup: [orders], want: { count: 0, values: [] } },
      {
        given: "calls within a time",
        setup: [orders],
        send: {
          query: { type: "count", start_time: "1772438400000", end_time: "1772442000000", limit: "5" },
        },
      },
    ],
    refusals: {
      "FSS.1001": [
        { given: "a limit that is no number", send: { query: { limit: "ten" } } },
        { given: "an end before the start", send: { query: { start_time: "2", end_time: "1" } } },
      ],
      "FSS.0400": { given: "an address that is not percent-encoded", send: { rawQuery: "type=%ZZ" } },
    },
  },
  listStatistics: {
    successes: [
      {
        given: "the series of an hour",
        setup: [orders],
        send: { query: { filter: "monitor_data", period: "60" } },
      },
      { given: "the month", setup: [orders], send: { query: { filter: "monthly_report" } } },
    ],
    refusals: {
      "FSS.1001": [
        { given: "no filter" },
        { given: "a filter that there is not", send: { query: { filter: "weather" } } },
        { given: "a period that is no number", send: { query: { filter: "monitor_data", period: "hour" } } },
      ],
    },
  },
  listFunctionStatistics: {
    successes: [
      { given: "a function", setup: [orders], send: hour },
      { given: "an alias", setup: [prod], send: { path: { ...hour.path, func_urn: `${ordersUrn}:!prod` } } },
    ],
    refusals: {
      ...aliasFaults(hour),
      "FSS.0400": {
        given: "a period that is no number",
        setup: [orders],
        send: { path: { period: "hour" } },
      },
    },
  },
};
