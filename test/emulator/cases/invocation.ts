import { type Case, type CasesOf, cannot } from "./case.ts";
import { exampleBody } from "./examples.ts";
import { makeInline, orders } from "./setups.ts";
import { aliasFaults } from "./urn-faults.ts";
import type { Setup } from "./world.ts";

const order = { body: exampleBody("invokeFunction", "order") };
const dynamicMemory: Setup = (world) => makeInline(world, "hello-orders", { enable_dynamic_memory: true });
const disabled: Setup = async (world) => {
  await makeInline(world, "hello-orders");
  await world.made("updateFunctionMaxInstanceConfig", { body: { max_instance_num: 0 } });
};
const unknownMemory = {
  given: "a size of memory that there is not",
  setup: [dynamicMemory],
  send: { ...order, headers: { "X-Cff-Instance-Memory": "129" } },
};
const halt = { given: "a function whose instances are limited to 0", setup: [disabled], send: order };
const pending = "Functions are stored and not yet run: everything is checked, and then FSS.0503 is answered.";
const notRun: Case = { given: "a function that could run", setup: [orders], send: order };
const large = (bytes: number) => ({
  given: `an event of more than ${bytes} bytes`,
  setup: [orders],
  send: { body: { text: "x".repeat(bytes) } },
});
const oneCode = cannot("FSS.1201 is answered, which says the same of invocations.");

/** Running functions. */
export const invocation: CasesOf<"invokeFunction" | "asyncInvokeFunction" | "asyncInvokeReservedFunction"> = {
  invokeFunction: {
    successes: [],
    pending,
    refusals: {
      ...aliasFaults(order),
      "FSS.0404": cannot("FSS.1051, FSS.1052 or FSS.1053 is answered, which say what is missing."),
      "FSS.0406": unknownMemory,
      "FSS.0413": oneCode,
      "FSS.0429": halt,
      "FSS.0503": notRun,
      "FSS.1201": large(6 * 1024 * 1024),
    },
  },
  asyncInvokeFunction: {
    successes: [],
    pending,
    refusals: {
      ...aliasFaults(order),
      "FSS.0404": cannot("FSS.1051, FSS.1052 or FSS.1053 is answered, which say what is missing."),
      "FSS.0406": unknownMemory,
      "FSS.0413": oneCode,
      "FSS.0429": halt,
      "FSS.0503": notRun,
      "FSS.1201": large(256 * 1024),
    },
  },
  asyncInvokeReservedFunction: {
    successes: [],
    pending,
    refusals: { ...aliasFaults(order), "FSS.0503": notRun },
  },
};
