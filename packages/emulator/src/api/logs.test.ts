import { beforeEach, describe, expect, it } from "vitest";
import { ada, addLocalFunction, bob, type LocalApp, localApp } from "../../test/support/local-app.ts";
import { perform } from "../../test/support/perform.ts";
import { enableLtsLogs, showLtsLogDetails } from "./logs.ts";

let app: LocalApp;
const show = (urn: string, caller = ada) =>
  perform(app, caller, "showLtsLogDetails", showLtsLogDetails, { path: { function_urn: urn } });

beforeEach(async () => {
  app = localApp();
  await addLocalFunction(app, ada);
});

describe("logs", () => {
  it("go nowhere before they are switched on", async () => {
    expect((await show("hello-orders")).body).toEqual({});
  });

  it("are switched on once in each project", async () => {
    expect(await perform(app, ada, "enableLtsLogs", enableLtsLogs)).toMatchObject({
      status: 200,
      body: undefined,
    });
    expect((await perform(app, ada, "enableLtsLogs", enableLtsLogs)).error).toBe(
      "FSS.1221 LTS log has been enabled.",
    );
    expect((await perform(app, bob, "enableLtsLogs", enableLtsLogs)).status).toBe(200);
  });

  it("of each function have a stream of their own in the group of the project", async () => {
    await addLocalFunction(app, ada, { func_name: "resize-image" });
    await perform(app, ada, "enableLtsLogs", enableLtsLogs);
    const { body: first } = await show("hello-orders");
    const { body: second } = await show("resize-image");
    expect(first).toMatchObject({ group_name: "functiongraph-logs", stream_name: "hello-orders" });
    expect(second).toMatchObject({ group_id: first.group_id, stream_name: "resize-image" });
    expect(second.stream_id).not.toBe(first.stream_id);
    expect((await show("hello-orders")).body).toEqual(first);
  });

  it("of a function with a place of its own go there", async () => {
    const log_config = { group_name: "mine", group_id: "g-1", stream_name: "orders", stream_id: "s-1" };
    await addLocalFunction(app, ada, { func_name: "own-logs", enable_lts_log: true, log_config });
    await perform(app, ada, "enableLtsLogs", enableLtsLogs);
    expect((await show("own-logs")).body).toEqual(log_config);
  });

  it.each([
    ["default:nobody", "FSS.1051"],
    [`${ada.projectId}:default:hello-orders:!none`, "FSS.1051"],
    ["a:b:c:d:e", "FSS.1309"],
  ])("of %s are refused with %s", async (urn, code) => {
    expect((await show(urn)).error).toMatch(new RegExp(`^${code} `));
  });
});
