import { beforeEach, describe, expect, it } from "vitest";
import { example } from "../../test/support/example.ts";
import {
  ada,
  addLocalFunction,
  bob,
  type LocalApp,
  localApp,
  localFunctionId,
} from "../../test/support/local-app.ts";
import { type Performed, perform } from "../../test/support/perform.ts";
import {
  createTags,
  deleteFunction,
  deleteTags,
  showProjectTagsList,
  showResInstanceInfo,
} from "./functions.ts";

const urn = "urn:fss:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:function:default:hello-orders";
const resource_type = "functions";

let app: LocalApp;
const add = (body: object, resource_id = urn): Promise<Performed<"createTags">> =>
  perform(app, ada, "createTags", createTags, { path: { resource_type, resource_id }, body });
const take = (body: object, resource_id = urn): Promise<Performed<"deleteTags">> =>
  perform(app, ada, "deleteTags", deleteTags, { path: { resource_type, resource_id }, body });
const inUse = (caller = ada): Promise<Performed<"showProjectTagsList">> =>
  perform(app, caller, "showProjectTagsList", showProjectTagsList, { path: { resource_type } });
const search = (body: object, action = "filter", caller = ada): Promise<Performed<"showResInstanceInfo">> =>
  perform(app, caller, "showResInstanceInfo", showResInstanceInfo, { path: { resource_type, action }, body });
const names = async (body: object): Promise<unknown> =>
  (await search(body)).body.resources?.map((one) => one.resource_name);

beforeEach(async () => {
  app = localApp();
  await addLocalFunction(app, ada);
  await addLocalFunction(app, ada, { func_name: "resize-image", enterprise_project_id: "7" });
});

describe("tags", () => {
  it("are added, get new values in their place, and are removed", async () => {
    expect((await add(example("createTags.request"))).status).toBe(204);
    await add({ tags: [{ key: "team", value: "media" }] }, localFunctionId(app, ada, "hello-orders"));
    expect((await inUse()).body.tags).toEqual([
      { key: "team", values: ["media"] },
      { key: "stage", values: ["production"] },
    ]);
    expect((await take(example("deleteTags.request"))).status).toBe(204);
    await take(
      {
        tags: [
          { key: "team", value: "another" },
          { key: "gone", value: "" },
        ],
      },
      `${urn}:latest`,
    );
    expect((await inUse()).body.tags).toEqual([{ key: "team", values: ["media"] }]);
    await take({ tags: [{ key: "team" }] });
    expect((await inUse()).body.tags).toEqual([]);
  });

  it("cut the enterprise project's ID where it is longer than the value of a tag can be", async () => {
    await addLocalFunction(app, ada, { func_name: "long", enterprise_project_id: "x".repeat(300) });
    const { body } = await search({ matches: [{ key: "resource_name", value: "long" }] });
    expect(body.resources?.[0]?.sys_tags).toEqual([
      { key: "_sys_enterprise_project_id", value: "x".repeat(255) },
    ]);
  });

  it("are listed for the project as the example does", async () => {
    await add(example("createTags.request"));
    await add({ tags: [{ key: "team", value: "media" }] }, "resize-image");
    const { tags } = example("showProjectTagsList.200");
    expect((await inUse()).body).toEqual({
      tags,
      sys_tags: [{ key: "_sys_enterprise_project_id", values: ["0", "7"] }],
    });
    expect((await inUse(bob)).body).toEqual({ tags: [], sys_tags: [] });
  });

  it("go with their function", async () => {
    await add(example("createTags.request"));
    await perform(app, ada, "deleteFunction", deleteFunction, { path: { function_urn: "hello-orders" } });
    await addLocalFunction(app, ada);
    expect((await inUse()).body.tags).toEqual([]);
  });

  it.each([
    ["an empty key", { tags: [{ key: "", value: "x" }] }],
    ["a key with a space at its end", { tags: [{ key: "team ", value: "x" }] }],
    ["a key with a slash", { tags: [{ key: "a/b", value: "x" }] }],
    ["a key of 129 characters", { tags: [{ key: "k".repeat(129), value: "x" }] }],
    ["a value of 256 characters", { tags: [{ key: "k", value: "v".repeat(256) }] }],
    ["a value with a comma", { tags: [{ key: "k", value: "a,b" }] }],
    [
      "a key twice",
      {
        tags: [
          { key: "k", value: "a" },
          { key: "k", value: "b" },
        ],
      },
    ],
    ["a key of the cloud", { tags: [{ key: "_sys_a", value: "b" }] }],
    ["tags of the cloud", { sys_tags: [{ key: "_sys_a", value: "b" }] }],
    ["21 tags", { tags: Array.from({ length: 21 }, (_, i) => ({ key: `k${i}`, value: "" })) }],
  ])("refuse %s", async (_what, body) => {
    expect((await add(body)).error).toMatch(/^FSS.0400 /);
  });

  it("are at most 20, the present ones among them", async () => {
    const twenty = Array.from({ length: 20 }, (_, i) => ({ key: `k${i}`, value: "é 1" }));
    expect((await add({ tags: twenty })).status).toBe(204);
    expect((await add({ tags: [{ key: "one-more", value: "" }] })).error).toMatch(/^FSS.0400 /);
    expect((await add({ tags: [{ key: "k3", value: "changed" }] })).status).toBe(204);
  });

  it.each([
    ["gone", "FSS.1051"],
    ["a:b:c:d:e", "FSS.0400"],
    [`${bob.projectId}:default:hello-orders`, "FSS.0403"],
  ])("are refused for %s", async (resource, want) => {
    const body = { tags: [{ key: "a", value: "b" }] };
    expect((await add(body, resource)).error).toMatch(new RegExp(`^${want} `));
    expect((await take(body, resource)).error).toMatch(new RegExp(`^${want} `));
  });
});

describe("showResInstanceInfo", () => {
  beforeEach(async () => {
    await add(example("createTags.request"));
  });

  it("answers as the examples do", async () => {
    const resource_id = localFunctionId(app, ada, "hello-orders");
    const { resources, total_count } = example("showResInstanceInfo.200.filter") as {
      resources: [object];
      total_count: number;
    };
    expect((await search(example("showResInstanceInfo.request.tags"))).body).toEqual({
      resources: [{ ...resources[0], resource_id }],
      total_count,
    });
    expect((await search(example("showResInstanceInfo.request.tags"), "count")).body).toEqual({
      total_count: 1,
    });
    expect(await names(example("showResInstanceInfo.request.name"))).toEqual(["resize-image"]);
  });

  it.each([
    [{}, ["hello-orders", "resize-image"]],
    [{ without_any_tag: true }, ["resize-image"]],
    [{ tags: [{ key: "team", values: ["media", "orders"] }] }, ["hello-orders"]],
    [
      {
        tags: [
          { key: "team", values: [] },
          { key: "stage", values: ["test"] },
        ],
      },
      [],
    ],
    [{ sys_tags: [{ key: "_sys_enterprise_project_id", values: ["7"] }] }, ["resize-image"]],
    [{ matches: [{ key: "resource_name", value: "hello" }] }, []],
    [{ limit: 1, offset: "1" }, ["resize-image"]],
    [{ limit: "1" }, ["hello-orders"]],
    [{ offset: 2 }, []],
  ])("finds with %o", async (body, want) => {
    expect(await names(body)).toEqual(want);
  });

  it("refuses properties that functions do not have, and finds nothing of another project", async () => {
    expect((await search({ matches: [{ key: "colour", value: "red" }] })).error).toMatch(/^FSS.0400 /);
    expect((await search({}, "filter", bob)).body).toEqual({ resources: [], total_count: 0 });
  });
});
