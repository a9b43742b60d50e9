import type { CasesOf } from "./case.ts";
import { orders } from "./setups.ts";
import { type Answer, smallLimits } from "./world.ts";

/** Limits of a project. */
export const quotas: CasesOf<"listQuotas"> = {
  listQuotas: {
    successes: [
      { given: "a project without functions", check: (_, answer) => expectUsed(answer, 0) },
      { given: "a project with a function", setup: [orders], check: (_, answer) => expectUsed(answer, 1) },
    ],
    refusals: {},
  },
};

async function expectUsed({ body }: Answer, functions: number): Promise<void> {
  // The answer has been held against the description.
  const { quotas } = body as {
    readonly quotas: {
      readonly resources: readonly { readonly type: string; readonly used: number; readonly quota: number }[];
    };
  };
  const found = quotas.resources.find(({ type }) => type === "fgs_func_num");
  if (found?.used !== functions || found.quota !== smallLimits.functions)
    throw new Error(`The quota of functions is ${JSON.stringify(found)}.`);
}
