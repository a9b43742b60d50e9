import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  ada,
  addLocalAlias,
  addLocalFunction,
  addLocalImage,
  addLocalVersion,
  bob,
  type LocalApp,
  localApp,
} from "../../test/support/local-app.ts";
import { perform } from "../../test/support/perform.ts";
import { defaultLimits } from "../core/limits.ts";
import { readZip } from "../zip/read-zip.ts";
import { writeZip } from "../zip/write-zip.ts";
import { createDependencyVersion } from "./dependencies.ts";
import { exportFunction, importFunction } from "./import-export.ts";

const example = parse(
  readFileSync(
    new URL("../../../../spec/examples/importFunction/importFunction.request.yaml", import.meta.url),
    "utf8",
  ),
) as {
  readonly value: { readonly file_code: string };
};
const base = `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders`;

let app: LocalApp;
let code: Uint8Array;
const run = (query: Record<string, string>, function_urn = "hello-orders", on = app) =>
  perform(on, ada, "exportFunction", exportFunction, { path: { function_urn }, query });
const bring = (file_code: string, body: object = {}, caller = ada, on = app) =>
  perform(on, caller, "importFunction", importFunction, {
    body: {
      func_name: "hello-orders-copy",
      file_name: "hello-orders.zip",
      file_type: "zip",
      file_code,
      ...body,
    },
  });
const base64 = (bytes: unknown): string => Buffer.from(bytes as Uint8Array).toString("base64");
const contents = async (zip: unknown): Promise<Record<string, string>> =>
  Object.fromEntries((await readZip(zip as Uint8Array)).map((entry) => [entry.path, base64(entry.bytes)]));

/** A ZIP with the given properties over those of a working function. */
const zipOf = async (
  properties: object = {},
  files: Record<string, Uint8Array> = { "index.zip": code },
): Promise<string> => {
  const all = {
    Handler: "index.handler",
    Runtime: "Node.js18.15",
    CodeType: "zip",
    CodeFileName: "index.zip",
    MemorySize: 256,
    Timeout: 30,
    ...properties,
  };
  return zipWith(
    JSON.stringify({ Resources: { hello: { Type: "HC::Serverless::Function", Properties: all } } }),
    files,
  );
};
const zipWith = async (
  yaml: string,
  files: Record<string, Uint8Array> = { "index.zip": code },
): Promise<string> =>
  base64(
    await writeZip(
      Object.entries({ "hello.yaml": Buffer.from(yaml), ...files }).map(([path, bytes]) => ({ path, bytes })),
    ),
  );

beforeEach(async () => {
  app = localApp();
  code = await writeZip([{ path: "index.js", bytes: Buffer.from("exports.handler = async () => 1;\n") }]);
  await addLocalFunction(
    app,
    ada,
    { description: "Greets a customer." },
    { codeType: "zip", filename: "index.zip", bytes: code },
  );
});

describe("exportFunction", () => {
  it("packs the description and the code", async () => {
    const { status, body } = await run({ code: "true", config: "true" });
    expect(status).toBe(200);
    const files = await contents(body);
    expect(Object.keys(files)).toEqual(["hello-orders.yaml", "index.zip"]);
    expect(files["index.zip"]).toBe(base64(code));
    expect(Buffer.from(files["hello-orders.yaml"] ?? "", "base64").toString()).toBe(`HcCrmTemplateVersion: v1
Resources:
  hello-orders:
    Type: HC::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: Node.js18.15
      CodeType: zip
      CodeFileName: index.zip
      Description: Greets a customer.
      MemorySize: 256
      Timeout: 30
      Version: latest
`);
  });

  it.each([
    [{ code: "true" }, ["index.zip"]],
    [{ config: "true" }, ["hello-orders.yaml"]],
    [{ type: "code" }, ["index.zip"]],
    [{ type: "config" }, ["hello-orders.yaml"]],
    [{ type: "config", code: "false" }, ["hello-orders.yaml"]],
  ])("packs for %o", async (query, want) => {
    expect(Object.keys(await contents((await run(query as Record<string, string>)).body))).toEqual(want);
  });

  it.each([{}, { code: "false" }, { type: "code", config: "true" }, { type: "both" }, { code: "maybe" }])(
    "refuses %o",
    async (query) => {
      expect((await run(query as Record<string, string>)).error).toMatch(/^FSS.1001 Invalid query parameter/);
    },
  );

  it("packs the version that the URN names", async () => {
    addLocalVersion(app, ada, "hello-orders", "v1");
    addLocalAlias(app, ada, "hello-orders", "prod", "v1");
    for (const urn of [`${base}:v1`, `${base}:!prod`]) {
      const yaml = Buffer.from(
        (await contents((await run({ type: "config" }, urn)).body))["hello-orders.yaml"] ?? "",
        "base64",
      ).toString();
      expect(yaml).toContain("Version: v1");
    }
  });

  it.each([
    ["nobody", "FSS.1051"],
    [`${base}:v9`, "FSS.1052"],
    [`${base}:!none`, "FSS.1052"],
    ["a:b:c:d:e", "FSS.1309"],
  ])("refuses %s with %s", async (urn, want) => {
    expect((await run({ type: "code" }, urn)).error).toMatch(new RegExp(`^${want} `));
  });

  it("refuses code that is too large, and code of an image", async () => {
    const small = { ...app, limits: { ...defaultLimits, maxCodePackage: 10 } };
    expect((await run({ type: "code" }, "hello-orders", small)).error).toMatch(
      /^FSS.1001 .*at most 10 bytes/,
    );
    await addLocalImage(app, ada, "read-receipt");
    expect((await run({ type: "code" }, "read-receipt")).error).toMatch(/^FSS.1001 .*container image/);
  });
});

describe("importFunction", () => {
  it("makes a function of the specification's example", async () => {
    const { status, body } = await bring(example.value.file_code);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      func_urn: `urn:fss:eu-de:${ada.projectId}:function:default:hello-orders-copy:latest`,
      func_name: "hello-orders-copy",
      package: "default",
      runtime: "Node.js18.15",
      handler: "index.handler",
      timeout: 30,
      memory_size: 256,
      cpu: 400,
      code_type: "zip",
      code_url: "",
      code_filename: "index.zip",
      code_size: 256,
      user_data: "",
      version: "latest",
      status: 0,
      description: "Greets a customer and counts the orders.",
      strategy_config: { concurrency: 400, concurrent_num: 1 },
      func_vpc: null,
      depend_version_list: [],
      enterprise_project_id: "0",
      digest:
        "41f037e3b86deb2cd1d679bc2ecb5a3187d570b374d6fc74ef63ee250a85ee5f2a9eabd1bd06a3a6b368f67da3d699d3b0f2b658a2ab17ce42505be648f0954d",
    });
  });

  it("takes what an export made, in another project too", async () => {
    const zip = base64((await run({ code: "true", config: "true" })).body);
    expect((await bring(zip, { package: "copies" }, bob)).body).toMatchObject({
      namespace: bob.projectId,
      package: "copies",
      description: "Greets a customer.",
    });
  });

  it("takes back every setting that an export holds", async () => {
    const dependency = await perform(app, ada, "createDependencyVersion", createDependencyVersion, {
      body: { depend_type: "zip", depend_file: base64(code), runtime: "Node.js18.15", name: "greeting" },
    });
    await addLocalFunction(app, ada, {
      func_name: "full",
      depend_version_list: [dependency.body.id],
      user_data: '{"GREETING":"Hello","NUMBER":"007","FLAG":"true"}',
      description: "Line one\nline two: # not a comment",
      xrole: "orders-agency",
      app_xrole: "orders-agency",
      initializer_handler: "index.initializer",
      initializer_timeout: 10,
      pre_stop_handler: "index.stop",
      pre_stop_timeout: 5,
      strategy_config: { concurrency: 10, concurrent_num: 1 },
      func_vpc: {
        vpc_id: "3c4d5e6f-7a8b-4c9d-8e0f-1a2b3c4d5e6f",
        vpc_name: "vpc-orders",
        subnet_id: "4d5e6f7a-8b9c-4d0e-9f1a-2b3c4d5e6f7a",
        subnet_name: "subnet-orders",
      },
      mount_config: {
        mount_user: { user_id: -1, user_group_id: -1 },
        func_mounts: [
          {
            mount_type: "sfsTurbo",
            mount_resource: "6f7a8b9c-0d1e-4f2a-8b3c-4d5e6f7a8b9c",
            mount_share_path: "192.168.10.12:/",
            local_mount_path: "/mnt/orders",
          },
        ],
      },
      network_controller: {
        disable_public_network: true,
        trigger_access_vpcs: [{ vpc_name: "vpc-orders", vpc_id: "3c4d5e6f-7a8b-4c9d-8e0f-1a2b3c4d5e6f" }],
      },
      enable_dynamic_memory: true,
      lts_custom_tag: { team: "orders" },
    });
    const zip = base64((await run({ code: "true", config: "true" }, "full")).body);
    const { body } = await bring(zip, { func_name: "full-copy" });
    const again = base64((await run({ code: "true", config: "true" }, "full-copy")).body);
    const yaml = async (text: string, name: string) =>
      Buffer.from((await contents(Buffer.from(text, "base64")))[`${name}.yaml`] ?? "", "base64")
        .toString()
        .replace("full-copy", "full");
    expect(body).toMatchObject({
      code_type: "inline",
      depend_version_list: [dependency.body.id],
      user_data: '{"GREETING":"Hello","NUMBER":"007","FLAG":"true"}',
      xrole: "orders-agency",
      initializer_timeout: 10,
    });
    expect(await yaml(again, "full-copy")).toBe(await yaml(zip, "full"));
    expect((await yaml(zip, "full")).split("\n").length).toBeGreaterThan(40);
  });

  it("takes a function with a container image, which has no code in the file", async () => {
    await addLocalImage(app, ada, "read-receipt");
    const zip = base64((await run({ code: "true", config: "true" }, "read-receipt")).body);
    expect((await bring(zip)).body).toMatchObject({
      runtime: "Custom Image",
      code_type: "Custom-Image-Swr",
      code_size: 0,
      custom_image: { enabled: true },
    });
  });

  it("never overwrites a function", async () => {
    const zip = await zipOf();
    expect(await bring(zip, { func_name: "hello-orders" })).toMatchObject({
      status: 409,
      error: expect.stringMatching(/^FSS.1061 /),
    });
    expect((await bring(zip)).status).toBe(200);
    expect((await bring(zip)).error).toMatch(/^FSS.1061 /);
  });

  it("makes one of two functions that are imported under a name at once", async () => {
    const zip = await zipOf();
    const answers = await Promise.all([bring(zip), bring(zip), bring(zip)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it("reads variables that are written without quotes", async () => {
    expect(
      (await bring(await zipOf({ Environment: { Variables: { PORT: 8080, DEBUG: true } } }))).body.user_data,
    ).toBe('{"PORT":"8080","DEBUG":"true"}');
  });

  it("takes inline code and what came from a bucket", async () => {
    const source = Buffer.from("exports.handler = async () => 2;\n");
    expect(
      (await bring(await zipOf({ CodeType: "inline", CodeFileName: "index.js" }, { "index.js": source })))
        .body,
    ).toMatchObject({ code_type: "inline", code_size: source.byteLength });
    await addLocalFunction(
      app,
      ada,
      { func_name: "from-bucket" },
      {
        codeType: "obs",
        codeUrl: "https://example-orders.obs.eu-de.otc.t-systems.com/a.zip",
        filename: "a.zip",
        bytes: code,
      },
    );
    const zip = base64((await run({ code: "true", config: "true" }, "from-bucket")).body);
    expect((await bring(zip, { func_name: "from-bucket-copy" })).body).toMatchObject({
      code_type: "zip",
      code_url: "",
      code_filename: "a.zip",
    });
  });

  it.each([
    ["two YAML files", () => zipOf({}, { "index.zip": code, "other.yml": Buffer.from("a: 1") }), "FSS.1022"],
    ["no YAML file", async () => base64((await run({ type: "code" })).body), "FSS.1025"],
    ["no code", async () => base64((await run({ type: "config" })).body), "FSS.1012"],
    ["no name of the code file", () => zipOf({ CodeFileName: undefined }), "FSS.1012"],
    ["YAML that cannot be read", () => zipWith("a: [1"), "FSS.1025"],
    [
      "YAML that is not UTF-8",
      async () => base64(await writeZip([{ path: "a.yaml", bytes: Buffer.from([0x61, 0x3a, 0xff]) }])),
      "FSS.1025",
    ],
    ["YAML that is a list", () => zipWith("- 1"), "FSS.1025"],
    ["no resources", () => zipWith("HcCrmTemplateVersion: v1"), "FSS.1057"],
    ["a resource without a name", () => zipWith('Resources: {"": {}}'), "FSS.1057"],
    ["a resource that comes twice", () => zipWith("Resources:\n  a: {}\n  a: {}\n"), "FSS.1058"],
    ["two resources", () => zipWith("Resources:\n  a: {}\n  b: {}\n"), "FSS.1025"],
    ["another type", () => zipWith("Resources: {a: {Type: Other, Properties: {}}}"), "FSS.1025"],
    ["no properties", () => zipWith("Resources: {a: {Type: 'HC::Serverless::Function'}}"), "FSS.1025"],
    ["no handler", () => zipOf({ Handler: undefined }), "FSS.1025"],
    ["a list as handler", () => zipOf({ Handler: [1] }), "FSS.1025"],
    ["a handler that breaks its rule", () => zipOf({ Handler: "handler" }), "FSS.1003"],
    ["a memory size of words", () => zipOf({ MemorySize: "lots" }), "FSS.1025"],
    ["an odd memory size", () => zipOf({ MemorySize: 100 }), "FSS.1007"],
    ["a long timeout", () => zipOf({ Timeout: 1e9 }), "FSS.1008"],
    ["another code type", () => zipOf({ CodeType: "tar" }), "FSS.1006"],
    ["variables in lists", () => zipOf({ Environment: { Variables: { A: [1] } } }), "FSS.1025"],
    ["a variable with a bad name", () => zipOf({ Environment: { Variables: { "1A": "x" } } }), "FSS.1009"],
    ["a long description", () => zipOf({ Description: "x".repeat(513) }), "FSS.1019"],
    ["a dependency that is not there", () => zipOf({ DependencyPkg: ["none"] }), "FSS.1056"],
    ["a VPC without subnet", () => zipOf({ FuncVpc: { vpc_id: "x" } }), "FSS.1025"],
    [
      "a setting whose code is another operation's",
      () => zipOf({ StrategyConfig: { concurrency: 5000 } }),
      "FSS.1025",
    ],
    ["code that is no ZIP", () => zipOf({}, { "index.zip": Buffer.from("no zip") }), "FSS.1011"],
  ])("refuses a file with %s", async (_, make, want) => {
    expect((await bring(await make())).error).toMatch(new RegExp(`^${want} `));
    expect((await run({ type: "config" }, "hello-orders-copy")).error).toMatch(/^FSS.1051 /);
  });

  it("refuses YAML whose aliases multiply", async () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 12; level++)
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(", ")}]`,
      );
    expect((await bring(await zipWith(`${lines.join("\n")}\nResources: {a: {}}\n`))).error).toMatch(
      /^FSS.1025 /,
    );
  });

  it.each([
    ["[", 60_000],
    ["{a: ", 15_000],
    ["- ", 30_000],
    ["? ", 30_000],
    ["&a - ", 12_000],
    ["a: ", 20_000],
  ])("refuses YAML with %j again and again, which would exhaust the parser", async (text, times) => {
    expect((await bring(await zipWith(text.repeat(times)))).error).toMatch(/^FSS.1025 .*levels/);
  });

  it("refuses YAML that is longer than any function needs", async () => {
    expect((await bring(await zipWith(`# ${"x".repeat(70_000)}`))).error).toMatch(/^FSS.1025 .*65536 bytes/);
  });

  it.each([
    ["a name that breaks its rule", { func_name: "-copy" }, "FSS.1002"],
    ["a package that breaks its rule", { package: "a b" }, "FSS.1004"],
    ["another file type", { file_type: "rar" }, "FSS.1013"],
    ["no Base64", { file_code: "§§§§" }, "FSS.1011"],
    ["no ZIP", { file_code: base64(Buffer.from("no zip at all, but long enough to be one")) }, "FSS.1011"],
  ])("refuses %s", async (_, body, want) => {
    expect((await bring(await zipOf(), body)).error).toMatch(new RegExp(`^${want} `));
  });

  it("refuses files that are too large, packed or unpacked", async () => {
    const zip = await zipOf();
    const limited = (maxImportFile: number) => ({ ...app, limits: { ...defaultLimits, maxImportFile } });
    expect((await bring(zip, {}, ada, limited(100))).error).toMatch(
      /^FSS.1023 The imported file is too large. file_code must have at most 100 bytes/,
    );
    const padded = await zipOf({}, { "index.zip": code, "zeros.bin": new Uint8Array(100_000) });
    expect(deflateRawSync(new Uint8Array(100_000)).byteLength).toBeLessThan(1000);
    expect((await bring(padded, {}, ada, limited(50_000))).error).toMatch(/^FSS.1023 /);
  });

  it("refuses more functions or code than the project may have", async () => {
    const zip = await zipOf();
    const limited = (limits: object) => ({ ...app, limits: { ...defaultLimits, ...limits } });
    expect((await bring(zip, {}, ada, limited({ functions: 1 }))).error).toMatch(/^FSS.1041 /);
    expect((await bring(zip, {}, ada, limited({ codeSizeMb: 0 }))).error).toMatch(/^FSS.1042 /);
  });
});
