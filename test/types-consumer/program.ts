// A program of somebody else that uses the package: compiled by consumer.test.ts as its reader would compile
// it, and run.
import {
  type CreateFunctionRequest,
  type FunctionConfig,
  operations,
  other,
  type Trigger,
} from "@functiongraph/types";
import { runtimeValues } from "@functiongraph/types/enums";
import { type ErrorCode, errors } from "@functiongraph/types/errors";
import { type OperationId, operations as table } from "@functiongraph/types/operations";
import type { paths } from "@functiongraph/types/schema";

export const request: CreateFunctionRequest = {
  func_name: "hello-orders",
  package: "default",
  runtime: "Python9.9",
  handler: "index.handler",
  timeout: 3,
  memory_size: 128,
};

export function schedule(trigger: Trigger): string {
  return trigger.trigger_type_code === "TIMER" ? trigger.event_data.schedule : "none";
}

export function isAnotherTrigger(trigger: Trigger): boolean {
  return trigger.trigger_type_code === other("NEWTYPE");
}

export function runtimeOf(configuration: FunctionConfig): string | undefined {
  return configuration.runtime;
}

export type Listed = paths["/v2/{project_id}/fgs/functions"]["get"];

// @ts-expect-error an operation that does not exist
export const missing: OperationId = "renameFunction";

const code: ErrorCode = "FSS.1051";
const { method, path } = operations.createFunction;
const same: boolean = operations === table;
const values: readonly string[] = runtimeValues;
export const report: readonly unknown[] = [method, path, errors[code].status, values.length > 10, same];
