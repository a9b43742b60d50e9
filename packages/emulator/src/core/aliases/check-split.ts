import type { AdditionalVersionStrategy, AdditionalVersionWeights } from "@functiongraph/types";
import type { Reader } from "../../store/store.ts";
import { pick } from "../functions/pick.ts";
import { type FunctionRecord, latest, versionKey, versions } from "../functions/records.ts";
import { ServiceError } from "../service-error.ts";

/** How an alias splits its requests; neither when all go to one version. */
export interface Split {
  readonly weights?: AdditionalVersionWeights;
  readonly strategy?: AdditionalVersionStrategy;
}

/**
 * Checks how requests are split between the main and the additional version of an alias.
 * @throws ServiceError FSS.1091 (the additional version), FSS.1092 (its weight), FSS.1093 (it is the main one), FSS.0400 (both kinds, or a
 * malformed rule).
 */
export function checkSplit(
  tx: Reader,
  project: string,
  record: FunctionRecord,
  main: string,
  { weights, strategy }: Split,
): void {
  if (weights && strategy) {
    throw new ServiceError(
      "FSS.0400",
      "invalid parameter: additional_version_weights and additional_version_strategy cannot be used together.",
    );
  }
  const names = Object.keys({ ...weights, ...strategy });
  if (names.length > 1) throw additional(`there must be at most one and there are ${names.length}`);
  for (const name of names) {
    if (name === main) throw new ServiceError("FSS.1093");
    if (name === latest) throw additional("latest cannot take a share");
    if (!tx.get(versions, project, versionKey(record.package, record.name, name))) {
      throw additional(`the function has no version "${name.slice(0, 60)}"`);
    }
  }
  for (const weight of Object.values(weights ?? {})) {
    if (Number.isInteger(weight) && weight >= 0 && weight <= 100) continue;
    throw new ServiceError(
      "FSS.1092",
      `The weight of the additional version is invalid. It must be a whole number from 0 to 100 and is ${weight}.`,
    );
  }
  for (const { rules = [] } of Object.values(strategy ?? {})) for (const rule of rules) checkRule(rule);
}

/** The split of a request with what is known of it alone; empty maps are none. */
export function readSplit(
  weights: AdditionalVersionWeights | undefined,
  strategy: AdditionalVersionStrategy | undefined,
): Split {
  return {
    ...(weights && Object.keys(weights).length > 0 && { weights }),
    ...(strategy && Object.keys(strategy).length > 0 && { strategy: plainStrategy(strategy) }),
  };
}

function plainStrategy(strategy: AdditionalVersionStrategy): AdditionalVersionStrategy {
  return Object.fromEntries(
    Object.entries(strategy).map(([version, { rules, combine_type }]) => [
      version,
      {
        ...(rules && { rules: rules.map((rule) => pick(rule, ["rule_type", "param", "op", "value"])) }),
        ...(combine_type && { combine_type }),
      },
    ]),
  );
}

type Rule = NonNullable<AdditionalVersionStrategy[string]["rules"]>[number];

function checkRule({ param, value }: Rule): void {
  if (param === undefined || !/^[A-Za-z0-9_-]{1,128}$/.test(param)) {
    throw rule(
      `param must be a name of letters, digits, underscores and hyphens and is "${(param ?? "").slice(0, 80)}"`,
    );
  }
  if (!value) throw rule("value must not be empty");
}

const additional = (what: string): ServiceError =>
  new ServiceError("FSS.1091", `The additional version is invalid: ${what}.`);
const rule = (what: string): ServiceError =>
  new ServiceError("FSS.0400", `invalid parameter: in a rule of additional_version_strategy, ${what}.`);
