import { expect, it } from "vitest";
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
