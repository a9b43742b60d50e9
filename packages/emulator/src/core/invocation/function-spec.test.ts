import { beforeEach, expect, it } from "vitest";
import { ada, addLocalFunction, type LocalApp, localApp } from "../../../test/support/local-app.ts";
import type { FunctionSpec } from "../../runtime/contract.ts";
import { findFunction } from "../functions/find-function.ts";
import { functionSpec } from "./function-spec.ts";

let app: LocalApp;
beforeEach(() => {
  app = localApp();
});

async function specOf(
  settings: Parameters<typeof addLocalFunction>[2],
  memory?: number,
): Promise<FunctionSpec> {
  await addLocalFunction(app, ada, { func_name: "worker", ...settings });
  return app.store.read((tx) =>
    functionSpec(tx, app.region, ada.projectId, findFunction(tx, ada.projectId, "worker"), memory),
  );
}

it("says what instances need, with the version in the URN", async () => {
  expect(
    await specOf({
      timeout: 30,
      memory_size: 256,
      user_data: '{"a":"b","n":"1"}',
      encrypted_user_data: '{"a":"c"}',
    }),
  ).toMatchObject({
    urn: `urn:fss:eu-de:${ada.projectId}:function:default:worker:latest`,
    version: "latest",
    handler: "index.handler",
    timeout: 30,
    memoryMb: 256,
    cpu: 400,
    temporaryMb: 512,
    // What is encrypted goes before what is not.
    userData: { a: "c", n: "1" },
    concurrency: 1,
    hasAgency: false,
    code: { filename: "index.js" },
  });
});

it.each([
  [true, 1024, 1024],
  [true, undefined, 256],
  [false, 1024, 256],
])("where dynamic memory is %s, a call for %s MB gets %i", async (dynamic, asked, given) => {
  expect((await specOf({ memory_size: 256, enable_dynamic_memory: dynamic }, asked)).memoryMb).toBe(given);
});

it("has another key for another memory, so that no instance serves a call that it is too small for", async () => {
  const small = await specOf({ enable_dynamic_memory: true }, 128);
  const large = app.store.read((tx) =>
    functionSpec(tx, app.region, ada.projectId, findFunction(tx, ada.projectId, "worker"), 512),
  );
  expect(large.key).not.toBe(small.key);
});
