import { beforeEach, describe, expect, it } from "vitest";
import { example } from "../../test/support/example.ts";
import { base64, functionCalls, helloUrn, image, inline, zip } from "../../test/support/function-calls.ts";
import { ada, addLocalVersion, type LocalApp, localApp } from "../../test/support/local-app.ts";
import { defaultLimits } from "../core/limits.ts";

let app: LocalApp;
const { create, config, configure, deploy, limit } = functionCalls(() => app);

beforeEach(() => {
  app = localApp();
});

describe("updateFunctionCode", () => {
  const update = example("updateFunctionCode.request.zip");
  beforeEach(() => create(zip));

  it("replaces code, digest, size and image name of latest", async () => {
    const before = await config();
    app.setTime("2026-03-02T10:05:00Z");
    const { last_modified: _at, ...want } = example("updateFunctionCode.200.zip");
    expect((await deploy(update)).body).toMatchObject({
      ...want,
      last_modified: "2026-03-02T10:05:00+00:00",
    });
    const { body } = await config();
    expect(body).toMatchObject({ code_size: 261, description: "Greets a customer and counts the orders." });
    expect(body.image_name).not.toBe(before.body.image_name);
  });

  it("may change the code type", async () => {
    const { body } = await deploy({
      code_type: "inline",
      func_code: { file: base64("exports.handler = async () => 2;") },
    });
    expect(body).toMatchObject({
      code_type: "inline",
      code_filename: "index.js",
      code_size: 32,
      func_code: { file: base64("exports.handler = async () => 2;") },
    });
  });

  it.each([
    ["no code", { code_type: "zip", code_filename: "a.zip", func_code: {} }, "FSS.1012"],
    [
      "a broken package",
      { code_type: "zip", code_filename: "a.zip", func_code: { file: base64("x") } },
      "FSS.1011",
    ],
    ["an image", { code_type: "Custom-Image-Swr", func_code: {} }, "FSS.1006"],
    ["an unknown dependency", { ...update, depend_version_list: ["none"] }, "FSS.1056"],
    ["an address that is none", { code_type: "obs", code_url: "x", func_code: {} }, "FSS.1010"],
    [
      "a missing object",
      { code_type: "obs", code_url: "https://a.example.com/a.zip", func_code: {} },
      "FSS.1054",
    ],
    [
      "too much source text",
      { code_type: "inline", func_code: { file: base64("x".repeat(10_241)) } },
      "FSS.1072",
    ],
    ["no file name", { ...update, code_filename: undefined }, "FSS.1013"],
  ])("refuses %s", async (_what, body, want) => {
    expect((await deploy(body)).error).toMatch(new RegExp(`^${want} `));
  });

  it("refuses published versions, missing ones, and functions with an image", async () => {
    addLocalVersion(app, ada, "hello-orders", "v1");
    expect((await deploy(update, `${helloUrn}:v1`)).error).toMatch(/^FSS.1015 /);
    expect((await deploy(update, `${helloUrn}:v2`)).error).toMatch(/^FSS.1052 /);
    expect((await deploy(update, "gone")).error).toMatch(/^FSS.1051 /);
    await create(image);
    expect((await deploy(update, "read-receipt")).error).toMatch(/^FSS.1006 /);
  });

  it("keeps to the quota of code and of one package", async () => {
    app = localApp({ limits: { ...defaultLimits, maxCodePackage: 260 } });
    await create(zip);
    expect((await deploy(update)).error).toMatch(/^FSS.1071 /);
  });
});

describe("updateFunctionConfig", () => {
  beforeEach(() => create(zip));

  it("changes what is sent and keeps what is left out", async () => {
    app.setTime("2026-03-02T10:20:00Z");
    const {
      func_id: _id,
      image_name: _image,
      last_modified: _at,
      ...want
    } = example("updateFunctionConfig.200.environment");
    expect((await configure(example("updateFunctionConfig.request.environment"))).body).toMatchObject({
      ...want,
      last_modified: "2026-03-02T10:20:00+00:00",
    });
    expect((await configure({})).body.user_data).toBe('{"GREETING":"Hello"}');
  });

  it("connects the function as the example does, and lets it go again", async () => {
    const {
      xrole,
      app_xrole,
      initializer_handler,
      mount_config,
      network_controller,
      log_group_id,
      lts_custom_tag,
    } = example("showFunctionConfig.200.connected");
    const { body } = await configure(example("updateFunctionConfig.request.network"));
    expect(body).toMatchObject({
      xrole,
      app_xrole,
      initializer_handler,
      mount_config,
      network_controller,
      log_group_id,
      lts_custom_tag,
      strategy_config: { concurrency: 100 },
    });
    expect(body.func_vpc).toMatchObject({ namespace: ada.projectId, domain_id: ada.domainId });
    const empty = {
      func_vpc: { vpc_id: "", subnet_id: "" },
      mount_config: { mount_user: { user_id: -1, user_group_id: -1 }, func_mounts: [] },
      initializer_handler: "",
    };
    const { body: after } = await configure(empty);
    expect(after).toMatchObject({ func_vpc: null, mount_config: null });
    expect(after).not.toHaveProperty("initializer_handler");
  });

  it.each([
    ["another name", { func_name: "hello" }, "FSS.1002"],
    ["another runtime", { runtime: "Node.js20.15" }, "FSS.1005"],
    ["a handler that does not suit", { handler: "handler" }, "FSS.1003"],
    ["too much memory", { memory_size: 5120 }, "FSS.1007"],
    ["too short a timeout", { timeout: 1 }, "FSS.1008"],
    ["broken variables", { user_data: "{" }, "FSS.1009"],
    ["1001 instances", { strategy_config: { concurrency: 1001 } }, "FSS.1026"],
    ["fewer than -1 requests at a time", { strategy_config: { concurrent_num: -2 } }, "FSS.1026"],
    ["half a request at a time", { strategy_config: { concurrent_num: 0.5 } }, "FSS.1026"],
    ["two requests at a time", { strategy_config: { concurrent_num: 2 } }, "FSS.1026"],
    ["an initializer without timeout", { initializer_handler: "index.init" }, "FSS.1404"],
    ["six address ranges", { peering_cidr: Array(6).fill("10.0.0.0/8").join(";") }, "FSS.0400"],
    ["an address range that is none", { peering_cidr: "10.0.0.300/8" }, "FSS.0400"],
    ["more space than the runtime has", { ephemeral_storage: 10_240 }, "FSS.0400"],
  ])("refuses %s", async (_what, change, want) => {
    expect((await configure(change)).error).toMatch(new RegExp(`^${want} `));
    expect((await config()).body.timeout).toBe(30);
  });

  it.each([-1, 0])(
    "takes %i requests at a time, as clients send it, and shows it",
    async (concurrent_num) => {
      expect((await configure({ strategy_config: { concurrent_num } })).status).toBe(200);
      expect((await config()).body.strategy_config).toMatchObject({ concurrent_num });
    },
  );

  it("refuses to go back from a safe VPC, to take an image away, and to change a published version", async () => {
    await configure({ func_vpc: { vpc_id: "v", subnet_id: "s", is_safety: true } });
    expect((await configure({ func_vpc: { vpc_id: "v", subnet_id: "s", is_safety: false } })).error).toMatch(
      /^FSS.0400 /,
    );
    addLocalVersion(app, ada, "hello-orders", "v1");
    expect((await configure({}, `${helloUrn}:v1`)).error).toMatch(/^FSS.1015 /);
    await create(image);
    const { func_name, runtime, handler, timeout, memory_size } = image;
    const change = { func_name, runtime, handler, timeout, memory_size, custom_image: { enabled: false } };
    expect((await configure(change, "read-receipt")).error).toMatch(/^FSS.1034 /);
  });
});

describe("updateFunctionMaxInstanceConfig", () => {
  beforeEach(async () => {
    await create(zip);
    addLocalVersion(app, ada, "hello-orders", "v1");
  });

  it("limits the function with all its versions", async () => {
    expect((await limit({ max_instance_num: 0 })).body.strategy_config).toEqual({
      concurrency: 0,
      concurrent_num: 1,
    });
    expect((await config(`${helloUrn}:v1`)).body.strategy_config).toEqual({
      concurrency: 0,
      concurrent_num: 1,
    });
    expect((await limit({ max_instance_num: -1 }, `${helloUrn}:v1`)).body).toMatchObject({
      version: "v1",
      strategy_config: { concurrency: -1 },
    });
    expect((await limit({})).body.strategy_config?.concurrency).toBe(-1);
  });

  it("refuses what is out of range, for functions of the first generation all but on and off", async () => {
    expect((await limit({ max_instance_num: 1001 })).error).toMatch(/^FSS.1026 /);
    expect((await limit({ max_instance_num: 1 }, "gone")).error).toMatch(/^FSS.1051 /);
    await create({ ...inline, type: "v1" });
    expect((await limit({ max_instance_num: 5 }, "ping")).error).toMatch(/^FSS.1026 /);
    expect((await limit({ max_instance_num: 0 }, "ping")).status).toBe(200);
  });
});
