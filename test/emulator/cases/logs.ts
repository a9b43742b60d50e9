import type { CasesOf } from "./case.ts";
import { orders } from "./setups.ts";
import { functionFaults } from "./urn-faults.ts";
import type { Setup } from "./world.ts";

const enabled: Setup = (world) => world.made("enableLtsLogs");

/** Logs in Log Tank Service. */
export const logs: CasesOf<"showLtsLogDetails" | "enableLtsLogs"> = {
  showLtsLogDetails: {
    successes: [
      { given: "logs that go nowhere", setup: [orders] },
      {
        given: "logs that are kept",
        setup: [enabled, orders],
        want: { group_name: "functiongraph-logs", stream_name: "hello-orders" },
      },
    ],
    refusals: { ...functionFaults() },
  },
  enableLtsLogs: {
    successes: [{ given: "a project without logs" }],
    refusals: { "FSS.1221": { given: "a project that has logs", setup: [enabled] } },
  },
};
