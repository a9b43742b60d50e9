import { beforeEach, describe, expect, it } from "vitest";
import { ada, addLocalFunction, type LocalApp, localApp } from "../../test/support/local-app.ts";
import { perform } from "../../test/support/perform.ts";
import { showTracing, updateTracing } from "./tracing.ts";

const path = { function_urn: "default:hello-orders" };
const keys = { tracing_ak: "EXAMPLEACCESSKEY0001", tracing_sk: "example-secret-key" };

let app: LocalApp;
const show = (urn = path.function_urn) =>
  perform(app, ada, "showTracing", showTracing, { path: { function_urn: urn } });
const update = (body: object, urn = path.function_urn) =>
  perform(app, ada, "updateTracing", updateTracing, { path: { function_urn: urn }, body });

beforeEach(async () => {
  app = localApp();
  await addLocalFunction(app, ada);
});

describe("tracing", () => {
  it("shows the access key and masks the secret key", async () => {
    expect(await update(keys)).toMatchObject({ status: 200, body: undefined });
    expect((await show()).body).toEqual({ tracing_ak: "EXAMPLEACCESSKEY0001", tracing_sk: "*****" });
  });

  it.each([
    ["two empty keys", { tracing_ak: "", tracing_sk: "" }],
    ["no keys", {}],
  ])("ends with %s", async (_, body) => {
    await update(keys);
    await update(body);
    expect(await show()).toMatchObject({ status: 404, error: "FSS.0404 can not find tracing aksk" });
  });

  it("refuses one key without the other and keeps what was set", async () => {
    await update(keys);
    expect((await update({ tracing_ak: "EXAMPLEACCESSKEY0002" })).error).toMatch(/^FSS.0400 .*tracing_sk/);
    expect((await update({ tracing_sk: "other" })).error).toMatch(/^FSS.0400 .*tracing_ak/);
    expect((await show()).body.tracing_ak).toBe("EXAMPLEACCESSKEY0001");
  });

  it("tells a missing function from missing keys", async () => {
    expect((await show("default:nobody")).error).toMatch(/^FSS.1051 /);
    expect((await update(keys, "default:nobody")).error).toMatch(/^FSS.1051 /);
    expect((await show("a:b:c:d:e")).error).toMatch(/^FSS.1309 /);
    expect((await update(keys, "a:b:c:d:e")).error).toMatch(/^FSS.1309 /);
  });
});
