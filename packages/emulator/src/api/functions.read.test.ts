import { beforeEach, describe, expect, it } from "vitest";
import { example } from "../../test/support/example.ts";
import { functionCalls, helloUrn, zip } from "../../test/support/function-calls.ts";
import {
  ada,
  addLocalAlias,
  addLocalFunction,
  addLocalVersion,
  bob,
  type LocalApp,
  localApp,
} from "../../test/support/local-app.ts";
import { perform } from "../../test/support/perform.ts";
import { listFunctions } from "./functions.ts";

let app: LocalApp;
const { create, config, code, list } = functionCalls(() => app);

beforeEach(() => {
  app = localApp();
});

describe("listFunctions", () => {
  beforeEach(async () => {
    for (const [pkg, name] of [
      ["default", "zeta"],
      ["other", "alpha"],
      ["default", "hello-orders"],
    ] as const) {
      await addLocalFunction(app, ada, { package: pkg, func_name: name });
    }
  });

  it("lists in the order of creation, page by page", async () => {
    const first = await list({ maxitems: "2" });
    expect(first.body).toMatchObject({
      functions: [{ func_name: "zeta" }, { func_name: "alpha" }],
      next_marker: 2,
      count: 3,
    });
    const second = await list({ maxitems: "2", marker: "2" });
    expect(second.body).toMatchObject({
      functions: [{ func_name: "hello-orders", func_urn: `${helloUrn}:latest` }],
      next_marker: 3,
      count: 3,
    });
  });

  it.each([
    [{ package_name: "default" }, 2],
    [{ func_name: "l" }, 2],
    [{ func_name: "l", package_name: "other" }, 1],
    [{ maxitems: "0" }, 3],
    [{ maxitems: "401" }, 3],
    [{ marker: "9" }, 0],
  ])("finds with %o", async (query, want) => {
    expect((await list(query)).body.functions).toHaveLength(want);
  });

  it.each([{ maxitems: "-1" }, { maxitems: "ten" }, { marker: "-1" }])("refuses %o", async (query) => {
    expect((await list(query)).error).toMatch(/^FSS.1001 /);
  });

  it("shows nothing of another project", async () => {
    const { body } = await perform(app, bob, "listFunctions", listFunctions);
    expect(body).toEqual({ functions: [], next_marker: 0, count: 0 });
  });
});

describe("showFunctionCode and showFunctionConfig", () => {
  beforeEach(async () => {
    await create(zip);
    addLocalVersion(app, ada, "hello-orders", "v1");
    addLocalAlias(app, ada, "hello-orders", "prod", "v1");
  });

  it("hand a package out by its digest alone", async () => {
    const { last_modified: _at, ...want } = example("showFunctionCode.200.package");
    expect((await code()).body).toMatchObject(want);
  });

  it.each([
    "hello-orders",
    "default:hello-orders",
    `${ada.projectId}:default:hello-orders`,
    helloUrn,
    `${helloUrn}:latest`,
  ])("find %s", async (name) => {
    expect((await config(name)).body.func_urn).toBe(`${helloUrn}:latest`);
  });

  it("show the version that an alias leads to", async () => {
    expect((await config(`${helloUrn}:!prod`)).body).toMatchObject({
      func_urn: `${helloUrn}:v1`,
      version: "v1",
    });
    expect((await code(`${helloUrn}:!prod`)).body.func_urn).toBe(`${helloUrn}:v1`);
  });

  it.each([
    ["gone", "FSS.1051 Not found the function"],
    [`${helloUrn}:v9`, "FSS.1052 Not found the function version"],
    [`${helloUrn}:!dev`, "FSS.1053 Not found the function alias"],
    ["a:b:c:d:e", "FSS.1309 "],
    [`${bob.projectId}:default:hello-orders`, "FSS.0403 "],
  ])("refuse %s", async (name, want) => {
    expect((await config(name)).error).toContain(want);
    expect((await code(name)).error).toContain(want);
  });
});
