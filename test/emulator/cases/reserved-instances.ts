import type { CasesOf } from "./case.ts";
import { exampleBody, exampleNames } from "./examples.ts";
import { orders, prod, reserved } from "./setups.ts";
import { aliasFaults, ordersUrn } from "./urn-faults.ts";

const one = { body: { count: 1 } };
const limitFaults = [
  { given: "a limit that is no number", send: { query: { limit: "ten" } } },
  { given: "a negative marker", send: { query: { marker: "-1" } } },
];
/** The faults of a URN in a query. */
function queryFaults(name: string) {
  return Object.fromEntries(
    Object.entries(aliasFaults()).map(([code, { send, ...rest }]) => {
      const urn = typeof send === "object" ? (send.path?.function_urn ?? "") : "";
      return [code, { ...rest, send: { query: { [name]: urn } } }];
    }),
    // The keys are those of `aliasFaults`.
  ) as ReturnType<typeof aliasFaults>;
}

/** Instances that are kept ready. */
export const reservedInstances: CasesOf<
  "listReservedInstanceConfigs" | "updateFunctionReservedInstancesCount" | "listFunctionReservedInstances"
> = {
  listReservedInstanceConfigs: {
    successes: [
      { given: "none", setup: [orders], want: { count: 0, reserved_instances: [] } },
      {
        given: "those of a project",
        setup: [reserved],
        want: { count: 1, reserved_instances: [{ min_count: 2 }] },
      },
      {
        given: "those of a function",
        setup: [reserved],
        send: { query: { function_urn: "default:hello-orders" } },
        want: { count: 1 },
      },
    ],
    refusals: { ...queryFaults("function_urn"), "FSS.1001": limitFaults },
  },
  updateFunctionReservedInstancesCount: {
    successes: [
      ...exampleNames("updateFunctionReservedInstancesCount").map((name) => ({
        given: `the example ${name}`,
        setup: [orders],
        send: { body: exampleBody("updateFunctionReservedInstancesCount", name) },
      })),
      {
        given: "an alias",
        setup: [prod],
        send: { ...one, path: { function_urn: `${ordersUrn}:!prod` } },
        want: { count: 1 },
      },
    ],
    refusals: {
      ...aliasFaults(one),
      "FSS.1026": [
        { given: "a negative count", setup: [orders], send: { body: { count: -1 } } },
        {
          given: "more than 90 percent of what the project may run",
          setup: [orders],
          send: { body: { count: 91 } },
        },
      ],
      "FSS.0400": [
        {
          given: "a schedule that cannot be read",
          setup: [orders],
          send: {
            body: {
              count: 1,
              tactics_config: {
                cron_configs: [
                  {
                    name: "morning",
                    cron: "at six",
                    count: 5,
                    start_time: 1772406000,
                    expired_time: 1774994400,
                  },
                ],
              },
            },
          },
        },
        {
          given: "an alias whose version has a reservation",
          setup: [
            prod,
            (world) =>
              world.made("updateFunctionReservedInstancesCount", {
                ...one,
                path: { function_urn: `${ordersUrn}:v1` },
              }),
          ],
          send: { ...one, path: { function_urn: `${ordersUrn}:!prod` } },
        },
      ],
    },
  },
  listFunctionReservedInstances: {
    successes: [
      { given: "none", setup: [orders], want: { count: 0, reservedinstances: [] } },
      {
        given: "those of a version",
        setup: [reserved],
        send: { query: { urn: `${ordersUrn}:latest` } },
        want: { count: 1, reservedinstances: [{ count: 2 }] },
      },
    ],
    refusals: { ...queryFaults("urn"), "FSS.1001": limitFaults },
  },
};
