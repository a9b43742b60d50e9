import type { CasesOf } from "./case.ts";
import { exampleBody } from "./examples.ts";
import { after, orders } from "./setups.ts";
import { functionFaults } from "./urn-faults.ts";

const start = { body: exampleBody("updateTracing", "start") };
const stop = { body: exampleBody("updateTracing", "stop") };
const traced = after([orders], (world) => world.made("updateTracing", start));

/** Tracing of calls. */
export const tracing: CasesOf<"showTracing" | "updateTracing"> = {
  showTracing: {
    successes: [{ given: "a function that is traced", setup: [traced] }],
    refusals: {
      ...functionFaults(),
      "FSS.0404": [
        { given: "a function that was never traced", setup: [orders] },
        {
          given: "a function that is not traced any more",
          setup: [traced, (world) => world.made("updateTracing", stop)],
        },
      ],
    },
  },
  updateTracing: {
    successes: [
      { given: "keys", setup: [orders], send: start },
      { given: "empty keys, which stop it", setup: [traced], send: stop },
    ],
    refusals: { ...functionFaults(start) },
  },
};
