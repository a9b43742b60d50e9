import { beforeEach, describe, expect, it } from "vitest";
import { example } from "../../test/support/example.ts";
import { base64, functionCalls, image, inline, zip } from "../../test/support/function-calls.ts";
import { ada, addLocalFunction, bob, type LocalApp, localApp } from "../../test/support/local-app.ts";
import { defaultLimits } from "../core/limits.ts";

let app: LocalApp;
const { create, config, code } = functionCalls(() => app);

beforeEach(() => {
  app = localApp();
});

describe("createFunction", () => {
  it("answers as the example does, computing CPU, digest, size and names", async () => {
    const want = example("createFunction.200.zip");
    expect((await create(zip)).body).toMatchObject({
      ...want,
      func_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      image_name: expect.stringMatching(/^latest-260302100000@[0-9a-z]{5}$/),
      last_modified: "2026-03-02T10:00:00+00:00",
    });
  });

  it("takes source text inline and names its file after the handler", async () => {
    const {
      func_id: _id,
      image_name: _image,
      last_modified: _at,
      ...want
    } = example("createFunction.200.inline");
    expect((await create(inline)).body).toMatchObject(want);
  });

  it("takes a ZIP file inline", async () => {
    const { body } = await create({ ...zip, code_type: "inline", code_filename: undefined });
    expect(body).toMatchObject({ code_type: "inline", code_filename: "index.zip", code_size: 256 });
  });

  it("registers an image without pulling it", async () => {
    const {
      func_id: _id,
      image_name: _image,
      last_modified: _at,
      ...want
    } = example("createFunction.200.image");
    expect((await create(image)).body).toMatchObject({ ...want, digest: "" });
  });

  it("gives a function without code the sample of its language", async () => {
    await create({ ...inline, func_name: "hello-orders", func_code: { file: "" } });
    expect(Buffer.from((await code()).body.func_code?.file ?? "", "base64").toString()).toContain(
      "def handler(event, context):",
    );
  });

  it("stores equal code once", async () => {
    await create(zip);
    await create({ ...zip, func_name: "second" });
    expect(app.packages.list()).toHaveLength(1);
  });

  it("does not show secrets, nor properties that no schema knows", async () => {
    const func_vpc = Object.assign({ vpc_id: "v", subnet_id: "s" }, { colour: "red" });
    await addLocalFunction(app, ada, { encrypted_user_data: '{"PASSWORD":"secret"}', func_vpc });
    const { status, body } = await config();
    expect([status, body.func_vpc?.vpc_id]).toEqual([200, "v"]);
    expect(JSON.stringify(body)).not.toMatch(/secret|colour/);
  });

  it.each([
    ["a name that ends with a hyphen", { func_name: "hello-" }, "FSS.1002"],
    ["a package with a dot", { package: "a.b" }, "FSS.1004"],
    ["a misspelt runtime", { runtime: "python 3.10" }, "FSS.1005"],
    ["an empty runtime", { runtime: "" }, "FSS.1005"],
    ["a handler without a function", { handler: "index" }, "FSS.1003"],
    ["a handler of 129 characters", { handler: `index.${"h".repeat(123)}` }, "FSS.1003"],
    ["memory between two sizes", { memory_size: 384 }, "FSS.1007"],
    ["memory that is no multiple of 128", { memory_size: 200 }, "FSS.1007"],
    ["too short a timeout", { timeout: 2 }, "FSS.1008"],
    ["too long a timeout", { timeout: 259_201 }, "FSS.1008"],
    ["user data that is no object", { user_data: "[1]" }, "FSS.1009"],
    ["user data with a number", { user_data: '{"A":1}' }, "FSS.1009"],
    ["a variable that starts with a digit", { user_data: '{"1A":"x"}' }, "FSS.1009"],
    [
      "21 variables",
      { user_data: JSON.stringify(Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`K${i}`, ""]))) },
      "FSS.1017",
    ],
    ["4097 characters of variables", { user_data: JSON.stringify({ A: "x".repeat(4089) }) }, "FSS.1018"],
    ["secrets that are no object", { encrypted_user_data: '"x"' }, "FSS.1009"],
    ["a long description", { description: "x".repeat(513) }, "FSS.1019"],
    ["an initializer without timeout", { initializer_handler: "index.init" }, "FSS.1404"],
    ["a timeout without initializer", { initializer_timeout: 5 }, "FSS.1404"],
    [
      "an initializer without a function",
      { initializer_handler: "init", initializer_timeout: 5 },
      "FSS.1404",
    ],
    [
      "too long an initialization",
      { initializer_handler: "index.init", initializer_timeout: 301 },
      "FSS.1405",
    ],
    ["no code type", { code_type: undefined }, "FSS.1006"],
    ["an unknown code type", { code_type: "git" }, "FSS.1006"],
    ["a JAR file for Python", { code_type: "jar", code_filename: "a.jar" }, "FSS.1006"],
    ["an image for Python", { code_type: "Custom-Image-Swr" }, "FSS.1006"],
    ["source text for Java", { runtime: "Java17", handler: "a.B.c" }, "FSS.1006"],
    ["source text for Go", { runtime: "Go1.x", handler: "handler" }, "FSS.1006"],
    ["no code", { func_code: undefined }, "FSS.1012"],
    ["no file name for a ZIP file", { ...zip, code_filename: undefined }, "FSS.1013"],
    ["a file name with a folder", { ...zip, code_filename: "../index.zip" }, "FSS.1013"],
    ["broken Base64", { func_code: { file: "a?b=" } }, "FSS.1011"],
    ["a ZIP file that is none", { ...zip, func_code: { file: base64("no archive") } }, "FSS.1011"],
    ["a ZIP file that is cut off", { ...zip, func_code: { file: base64("PK\u0003\u0004rest") } }, "FSS.1011"],
    ["10 KB and one byte inline", { func_code: { file: base64("x".repeat(10 * 1024 + 1)) } }, "FSS.1072"],
    ["no address of the code", { code_type: "obs" }, "FSS.1012"],
    ["an address that is none", { code_type: "obs", code_url: "packages/a.zip" }, "FSS.1010"],
    [
      "a bucket that nothing is configured for",
      { code_type: "obs", code_url: "https://b.obs.eu-de.otc.t-systems.com/a.zip" },
      "FSS.1054",
    ],
    ["an unknown dependency", { depend_version_list: ["9b0c1d2e"] }, "FSS.1056"],
    ["21 dependencies", { depend_version_list: Array.from({ length: 21 }, (_, i) => `d${i}`) }, "FSS.1024"],
    ["an empty VPC", { func_vpc: { vpc_id: " ", subnet_id: "s" } }, "FSS.1036"],
    ["an empty subnet", { func_vpc: { vpc_id: "v", subnet_id: " " } }, "FSS.1037"],
    ["domain names that are no list", { domain_names: "{}" }, "FSS.0400"],
    ["a stateful function of the first generation", { type: "v1", is_stateful_function: true }, "FSS.0400"],
    ["a graphics processor for Python", { gpu_memory: 1024 }, "FSS.0400"],
    ["an image without an address", { ...image, custom_image: { enabled: true } }, "FSS.1012"],
    [
      "an image from elsewhere",
      { ...image, custom_image: { enabled: true, image: "docker.io/a/b:1" } },
      "FSS.1034",
    ],
    [
      "an image run by root",
      { ...image, custom_image: { enabled: true, image: "swr.eu-de.x.com/a/b:1", uid: "0" } },
      "FSS.1075",
    ],
    ["an image with a handler", { ...image, handler: "index.handler" }, "FSS.1003"],
  ])("refuses %s", async (_what, change, want) => {
    expect((await create({ ...inline, ...change })).error).toMatch(new RegExp(`^${want} `));
  });

  const mount = { mount_type: "sfsTurbo", mount_resource: "r1", local_mount_path: "/mnt/a" };
  it.each([
    ["user 1000", { mount_user: { user_id: 1000, user_group_id: -1 } }, "FSS.1075"],
    ["group 0", { mount_user: { user_id: -1, user_group_id: 0 } }, "FSS.1075"],
    ["group 65535", { mount_user: { user_id: -1, user_group_id: 65_535 } }, "FSS.1075"],
    ["no agency", { xrole: "" }, "FSS.1040"],
    ["one file system twice", { func_mounts: [mount, { ...mount, local_mount_path: "/mnt/b" }] }, "FSS.1038"],
    ["one path twice", { func_mounts: [mount, { ...mount, mount_resource: "r2" }] }, "FSS.1039"],
    ["a relative path", { func_mounts: [{ ...mount, local_mount_path: "mnt" }] }, "FSS.1039"],
    [
      "a folder of the runtime",
      { func_mounts: [{ ...mount, local_mount_path: "/opt/function/runtime" }] },
      "FSS.1039",
    ],
    ["a resource without ID", { func_mounts: [{ ...mount, mount_resource: "" }] }, "FSS.1050"],
    ["a server without a share", { func_mounts: [{ ...mount, mount_type: "ecs" }] }, "FSS.0400"],
    [
      "six file systems",
      {
        func_mounts: Array.from({ length: 6 }, (_, i) => ({
          ...mount,
          mount_resource: `r${i}`,
          local_mount_path: `/mnt/${i}`,
        })),
      },
      "FSS.1049",
    ],
  ])("refuses to mount with %s", async (_what, change: object, want) => {
    const mount_config = {
      mount_user: { user_id: -1, user_group_id: -1 },
      func_mounts: [mount],
      ...("xrole" in change ? {} : change),
    };
    expect(
      (
        await create({
          ...inline,
          xrole: "orders-agency",
          ...("xrole" in change ? change : {}),
          mount_config,
        })
      ).error,
    ).toMatch(new RegExp(`^${want} `));
  });

  it("refuses a name twice in a package and takes it in another package and project", async () => {
    await create(inline);
    expect((await create(inline)).error).toBe("FSS.1061 The function has existed");
    expect((await create({ ...inline, package: "other" })).status).toBe(200);
    expect((await create(inline, bob)).status).toBe(200);
  });

  it("makes one function of many simultaneous requests for it", async () => {
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await create(zip)).status));
    expect(statuses.sort()).toEqual([200, 409, 409, 409, 409]);
  });

  it("keeps to the quotas of functions and code", async () => {
    app = localApp({ limits: { ...defaultLimits, functions: 1 } });
    await create(inline);
    expect((await create({ ...inline, func_name: "pong" })).error).toMatch(/^FSS.1041 /);
    app = localApp({ limits: { ...defaultLimits, codeSizeMb: 0 } });
    expect((await create(inline)).error).toMatch(/^FSS.1042 /);
    app = localApp({ limits: { ...defaultLimits, maxCodePackage: 255 } });
    expect((await create(zip)).error).toMatch(/^FSS.1071 /);
  });

  it("has at most 400 packages", async () => {
    app = localApp({ limits: { ...defaultLimits, functions: 1000 } });
    for (let i = 0; i < 400; i++) await addLocalFunction(app, ada, { package: `p${i}` });
    expect((await create({ ...inline, package: "one-more" })).error).toMatch(/^FSS.1044 /);
    expect((await create({ ...inline, package: "p7" })).status).toBe(200);
  });

  it("gives logs that go nowhere a group and a stream", async () => {
    const { body } = await create({ ...inline, enable_lts_log: true });
    expect([body.log_group_id, body.log_stream_id]).toEqual(
      Array(2).fill(expect.stringMatching(/^[0-9a-f-]{36}$/)),
    );
  });
});
