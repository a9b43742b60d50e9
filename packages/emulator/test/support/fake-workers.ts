import type { Adapter, Workplace } from "../../src/runtime/contract.ts";

/** The place of a worker that is no process. */
export const nowhere: Workplace = {
  id: "0",
  folder: "",
  codeFolder: "",
  temporaryFolder: "",
  seen: { code: "", temporary: "", root: "" },
};

/** An adapter for all runtimes that starts such workers. */
export function adapterOf(start: Adapter["start"]): Adapter {
  return {
    name: "one",
    serves: () => true,
    check: async () => ({ available: true, program: "", version: "" }),
    start,
    close: async () => undefined,
  };
}
