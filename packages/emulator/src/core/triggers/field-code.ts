import type { ErrorCode } from "@functiongraph/types";
import { triggerRule } from "./trigger-rules.ts";

export type FieldFault = "missing" | "too long" | "wrong";

/** The code with which a field of `event_data` is refused. */
export function fieldCode(type: string, field: string, fault: FieldFault): ErrorCode {
  if (field === "name" && fault === "too long") return "FSS.1317";
  if (type === "CTS" && field === "name" && fault === "missing") return "FSS.1312";
  if (type === "CTS" && field === "operations") return fault === "missing" ? "FSS.1314" : "FSS.1308";
  return triggerRule(type).invalid;
}
