import { beforeEach, describe, expect, it } from "vitest";
import {
  ada,
  addLocalAlias,
  addLocalFunction,
  addLocalVersion,
  type LocalApp,
  localApp,
} from "../../test/support/local-app.ts";
import { type Performed, perform } from "../../test/support/perform.ts";
import {
  createVpcEndpoint,
  deleteFunction,
  deleteVpcEndpoint,
  showFuncSnapshotState,
  updateFuncSnapshot,
} from "./functions.ts";

const urn = "urn:fss:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:function:default:render-invoice";

let app: LocalApp;
const change = (action: string, function_urn = `${urn}:v1`): Promise<Performed<"updateFuncSnapshot">> =>
  perform(app, ada, "updateFuncSnapshot", updateFuncSnapshot, { path: { function_urn, action } });
const state = (function_urn = `${urn}:v1`): Promise<Performed<"showFuncSnapshotState">> =>
  perform(app, ada, "showFuncSnapshotState", showFuncSnapshotState, { path: { function_urn } });

beforeEach(async () => {
  app = localApp();
  await addLocalFunction(app, ada, {
    func_name: "render-invoice",
    runtime: "Java17",
    handler: "com.example.InvoiceRenderer.render",
  });
  addLocalVersion(app, ada, "render-invoice", "v1");
  addLocalAlias(app, ada, "render-invoice", "prod", "v1");
});

describe("snapshots", () => {
  it("are switched for a version, through its alias too, and go with it", async () => {
    expect((await state()).body).toEqual({ state: "disable" });
    expect((await change("enable", `${urn}:!prod`)).status).toBe(204);
    expect((await state()).body).toEqual({ state: "enable" });
    await change("disable");
    expect((await state()).body).toEqual({ state: "disable" });
    await change("enable");
    await perform(app, ada, "deleteFunction", deleteFunction, { path: { function_urn: `${urn}:v1` } });
    addLocalVersion(app, ada, "render-invoice", "v1");
    expect((await state()).body).toEqual({ state: "disable" });
  });

  it("are for published versions of Java functions", async () => {
    await addLocalFunction(app, ada);
    expect((await change("enable", urn)).error).toMatch(/^FSS.1015 /);
    expect((await change("enable", "hello-orders")).error).toMatch(/^FSS.1005 /);
    expect((await state("hello-orders")).body).toEqual({ state: "disable" });
  });

  it.each([
    ["gone", "FSS.1051"],
    [`${urn}:v9`, "FSS.1052"],
    [`${urn}:!dev`, "FSS.1053"],
    ["a:b:c:d:e", "FSS.1309"],
  ])("are refused for %s", async (name, want) => {
    expect((await change("enable", name)).error).toMatch(new RegExp(`^${want} `));
    expect((await state(name)).error).toMatch(new RegExp(`^${want} `));
  });
});

describe("VPC endpoints", () => {
  const create = (body: object): Promise<Performed<"createVpcEndpoint">> =>
    perform(app, ada, "createVpcEndpoint", createVpcEndpoint, { body });
  const remove = (): Promise<Performed<"deleteVpcEndpoint">> =>
    perform(app, ada, "deleteVpcEndpoint", deleteVpcEndpoint, { path: { vpc_id: "v", subnet_id: "s" } });

  it("are made once for a subnet until they are deleted, which may be repeated", async () => {
    const { body: first } = await create({ vpc_id: "v", subnet_id: "s" });
    expect(first).toEqual({
      endpoints: [expect.stringMatching(/^192\.168\./)],
      address: expect.stringMatching(/^https:\/\//),
    });
    expect((await create({ vpc_id: "v", subnet_id: "s", flavor: "default" })).body).toEqual(first);
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
    expect((await create({ vpc_id: "v", subnet_id: "s" })).body).not.toEqual(first);
  });

  it.each([
    [{ vpc_id: "", subnet_id: "s" }, "FSS.1036"],
    [{ vpc_id: "v", subnet_id: "" }, "FSS.1037"],
  ])("refuse %o", async (body, want) => {
    expect((await create(body)).error).toMatch(new RegExp(`^${want} `));
  });
});
