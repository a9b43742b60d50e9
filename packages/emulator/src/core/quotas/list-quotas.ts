import type { Quota } from "@functiongraph/types";
import type { App } from "../app.ts";
import { codeBytes } from "../functions/put-version.ts";
import { functions } from "../functions/records.ts";
import type { InstanceCount } from "../invocation/contract.ts";

const mib = 1024 * 1024;
// The documents name one number for all accounts: seconds after which an idle instance ends, instances and workflows of a project.
const scaleDownSeconds = 60;
const instances = 1000;
const workflows = 512;

/** Every limit of a project with its use; executions and instances are those of the moment. */
export function listProjectQuotas(app: App, project: string): Quota[] {
  const running = app.runner.instances().filter(({ spec }) => spec.projectId === project);
  const sum = (of: (count: InstanceCount) => number): number =>
    running.reduce((total, count) => total + of(count), 0);
  const { number, bytes } = app.store.read((tx) => ({
    number: tx.count(functions, project),
    bytes: codeBytes(tx, project),
  }));
  return [
    { quota: scaleDownSeconds, used: scaleDownSeconds, type: "fgs_func_scale_down_timeout" },
    { quota: app.limits.concurrentExecutions, used: sum(({ busy }) => busy), type: "fgs_func_occurs" },
    { quota: scaleDownSeconds, used: scaleDownSeconds, type: "fgs_func_pat_idle_time" },
    { quota: app.limits.functions, used: number, type: "fgs_func_num" },
    { quota: app.limits.codeSizeMb, used: Math.ceil(bytes / mib), type: "fgs_func_code_size", unit: "MB" },
    { quota: workflows, used: 0, type: "fgs_workflow_num" },
    { quota: instances, used: sum(({ onDemand }) => onDemand), type: "fgs_on_demand_instance_limit" },
    { quota: 0, used: 0, type: "fgs_func_qos_limit" },
  ];
}
