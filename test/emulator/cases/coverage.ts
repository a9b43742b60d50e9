import type { OperationId } from "@functiongraph/types";
import { operations } from "@functiongraph/types/operations";
import { type Case, isUnprovoked, type Success } from "./case.ts";
import { commonRefusals, commonUnprovoked } from "./common.ts";
import { declaredStatuses, exampleCodes } from "./examples.ts";
import { operationCases } from "./index.ts";

/** What is shown of an operation, with what all operations have in common. */
export interface OperationCoverage {
  readonly id: OperationId;
  readonly tag: string;
  readonly successes: readonly Success[];
  /** By code, or by status for IAM. */
  readonly provoked: ReadonlyMap<string, readonly Case[]>;
  readonly unprovoked: ReadonlyMap<string, string>;
  /** Documented and in neither. */
  readonly forgotten: readonly string[];
}

/** Every operation, in the order of the description. */
export function coverage(): OperationCoverage[] {
  // The keys of a table that is typed as having each operation.
  return (Object.keys(operations) as OperationId[]).map(coverageOf);
}

function coverageOf(id: OperationId): OperationCoverage {
  const { successes, refusals } = operationCases[id];
  const provoked = new Map<string, Case[]>();
  const unprovoked = new Map<string, string>();
  for (const [code, refusal] of [...Object.entries(commonRefusals(id)), ...Object.entries(refusals)]) {
    if (!refusal) continue;
    if (isUnprovoked(refusal)) unprovoked.set(code, refusal.reason);
    else provoked.set(code, [...(provoked.get(code) ?? []), ...casesOf(refusal)]);
  }
  const documented =
    operations[id].tag === "iam"
      ? declaredStatuses(id).filter((status) => status >= "400")
      : exampleCodes(id);
  for (const code of documented) {
    const common = commonUnprovoked[code];
    if (common && !provoked.has(code) && !unprovoked.has(code)) unprovoked.set(code, common.reason);
  }
  const forgotten = [...new Set(documented)].filter((code) => !provoked.has(code) && !unprovoked.has(code));
  return { id, tag: operations[id].tag, successes, provoked, unprovoked, forgotten };
}

function casesOf(refusal: Case | readonly Case[]): readonly Case[] {
  return "given" in refusal ? [refusal] : refusal;
}
