import { expect, it } from "vitest";
import { journaledApp } from "../../test/support/journaled-app.ts";
import { ada, addLocalFunction, addLocalVersion, bob, localApp } from "../../test/support/local-app.ts";
import { perform } from "../../test/support/perform.ts";
import { deleteFunction } from "./functions.ts";
import { listQuotas } from "./quotas.ts";

it("shows what a project uses of its quotas, every version counted, and nothing of other projects", async () => {
  const app = localApp();
  const mib = 1024 * 1024;
  await addLocalFunction(app, ada, {}, { codeType: "zip", bytes: Buffer.alloc(mib) });
  await addLocalFunction(app, bob);
  addLocalVersion(app, ada, "hello-orders", "v1");
  const used = async (caller = ada): Promise<unknown> => {
    const { body } = await perform(app, caller, "listQuotas", listQuotas);
    const resources = body.quotas?.resources ?? [];
    return ["fgs_func_num", "fgs_func_code_size"].map(
      (type) => resources.find((one) => one.type === type)?.used,
    );
  };
  expect(await used()).toEqual([1, 2]);
  expect(await used(bob)).toEqual([1, 1]);
  await perform(app, ada, "deleteFunction", deleteFunction, { path: { function_urn: "hello-orders" } });
  expect(await used()).toEqual([0, 0]);
});

it("shows the executions and instances of the moment, those of the project only", async () => {
  const app = journaledApp();
  await addLocalFunction(app, ada);
  const spec = app.specOf("hello-orders");
  app.running.push(
    { spec, onDemand: 3, reserved: 2, busy: 4 },
    { spec: { ...spec, version: "v1" }, onDemand: 1, reserved: 0, busy: 1 },
    { spec: { ...spec, projectId: bob.projectId }, onDemand: 9, reserved: 9, busy: 9 },
  );
  const { body } = await perform(app, ada, "listQuotas", listQuotas);
  const used = (type: string) => body.quotas?.resources.find((one) => one.type === type)?.used;
  expect([used("fgs_func_occurs"), used("fgs_on_demand_instance_limit")]).toEqual([5, 4]);
});
