import type { AdditionalVersionStrategy } from "@functiongraph/types";
import type { Reader } from "../../store/store.ts";
import type { FoundFunction } from "../functions/find-function.ts";
import { type AliasRecord, versionKey, versions } from "../functions/records.ts";
import type { Rng } from "../rng.ts";

type Rules = AdditionalVersionStrategy[string];

/**
 * The version that a call runs: the one that was named or, where an alias splits its calls, its main or its additional one, by weight or by
 * the rules about headers and cookies.
 * @param headers with names in lower case
 */
export function chooseVersion(
  tx: Reader,
  project: string,
  found: FoundFunction,
  rng: Pick<Rng, "next">,
  headers: Readonly<Record<string, string>> = {},
): FoundFunction {
  const name = found.alias && additionalVersion(found.alias, rng, headers);
  if (name === undefined) return found;
  const version = tx.get(versions, project, versionKey(found.record.package, found.record.name, name));
  // One that was deleted meanwhile takes no share.
  return version ? { ...found, version } : found;
}

function additionalVersion(
  { weights, strategy }: AliasRecord,
  rng: Pick<Rng, "next">,
  headers: Readonly<Record<string, string>>,
): string | undefined {
  for (const [version, rules] of Object.entries(strategy ?? {})) if (meets(rules, headers)) return version;
  for (const [version, weight] of Object.entries(weights ?? {}))
    if (rng.next() * 100 < weight) return version;
  return undefined;
}

function meets({ rules = [], combine_type }: Rules, headers: Readonly<Record<string, string>>): boolean {
  if (rules.length === 0) return false;
  const met = rules.map(({ rule_type, param = "", op, value = "" }) => {
    const actual = rule_type === "Cookie" ? cookies(headers.cookie)[param] : headers[param.toLowerCase()];
    if (actual === undefined) return false;
    if (op === "in") return value.split(",").some((one) => one.trim() === actual);
    return value === actual;
  });
  return combine_type === "or" ? met.includes(true) : !met.includes(false);
}

function cookies(header: string | undefined): Readonly<Record<string, string>> {
  const pairs = (header ?? "").split(";").map((pair) => {
    // Only the first one ends the name: values such as Base64 have equals signs of their own.
    const [name = "", ...value] = pair.split("=");
    return [name.trim(), value.join("=").trim()] as const;
  });
  return Object.fromEntries(pairs.filter(([name]) => name !== ""));
}
