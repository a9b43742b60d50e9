import { beforeEach, describe, expect, it } from "vitest";
import { functionCalls, helloUrn, zip } from "../../test/support/function-calls.ts";
import {
  ada,
  addLocalAlias,
  addLocalVersion,
  type LocalApp,
  localApp,
} from "../../test/support/local-app.ts";
import { MemoryPackageStore } from "../store/memory-package-store.ts";

let app: LocalApp;
const { create, config, remove } = functionCalls(() => app);

beforeEach(() => {
  app = localApp();
});

describe("deleteFunction", () => {
  beforeEach(async () => {
    app = localApp({ packages: new MemoryPackageStore({ grace: 0 }) });
    await create(zip);
    addLocalVersion(app, ada, "hello-orders", "v1");
    addLocalAlias(app, ada, "hello-orders", "prod", "v1");
  });

  it("deletes the whole function and its code, and leaves no document but the counter", async () => {
    expect((await remove("hello-orders")).status).toBe(204);
    expect((await config()).error).toMatch(/^FSS.1051 /);
    expect(app.packages.list()).toEqual([]);
    const left = [...app.store.documents()].map(({ collection }) => collection);
    expect(left.sort()).toEqual(["code-usage", "function-sequence"]);
    expect((await remove("hello-orders")).error).toMatch(/^FSS.1051 /);
  });

  it("keeps code that another function has too", async () => {
    await create({ ...zip, func_name: "second" });
    await remove("hello-orders");
    expect(app.packages.list()).toHaveLength(1);
  });

  it.each([`${helloUrn}:v1`, `${helloUrn}:!prod`])(
    "deletes %s with its alias and leaves latest",
    async (name) => {
      expect((await remove(name)).status).toBe(204);
      expect((await config(`${helloUrn}:v1`)).error).toMatch(/^FSS.1052 /);
      expect((await config(`${helloUrn}:!prod`)).error).toMatch(/^FSS.1053 /);
      expect((await config()).status).toBe(200);
    },
  );

  it("refuses latest, alone or through an alias, and what is not there", async () => {
    addLocalAlias(app, ada, "hello-orders", "edge", "latest");
    expect((await remove(`${helloUrn}:latest`)).error).toMatch(/^FSS.1015 /);
    expect((await remove(`${helloUrn}:!edge`)).error).toMatch(/^FSS.1015 /);
    expect((await remove(`${helloUrn}:v7`)).error).toMatch(/^FSS.1052 /);
    expect((await remove(`${helloUrn}:!dev`)).error).toMatch(/^FSS.1053 /);
    expect((await remove("a:b:c:d:e")).error).toMatch(/^FSS.1309 /);
  });
});
