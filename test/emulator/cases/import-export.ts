import type { Case, CasesOf } from "./case.ts";
import { exampleBody } from "./examples.ts";
import { base64, codePackage, tooLargePackage } from "./packages.ts";
import { foreignDependency } from "./reasons.ts";
import { functionsToTheLimit, largeCode, orders, ping, prod, receipt, v1 } from "./setups.ts";
import { ordersUrn, versionFaults } from "./urn-faults.ts";
import type { Setup } from "./world.ts";

const both = { query: { code: "true", config: "true" } };
const zip = exampleBody("importFunction", "zip");
const usual = {
  Handler: "index.handler",
  Runtime: "Node.js18.15",
  CodeType: "zip",
  CodeFileName: "index.zip",
  MemorySize: 256,
  Timeout: 30,
};
const code = Buffer.from(
  String((exampleBody("createFunction", "zip").func_code as { readonly file: string }).file),
  "base64",
); // as the example has it

/** A request to import a ZIP with these files. */
const imported = (files: Readonly<Record<string, string | Uint8Array>>) => ({
  body: { ...zip, file_code: base64(codePackage(files)) },
});
/** JSON is YAML. */
const described = (properties: Readonly<Record<string, unknown>>) =>
  JSON.stringify({
    HcCrmTemplateVersion: "v1",
    Resources: { copy: { Type: "HC::Serverless::Function", Properties: { ...usual, ...properties } } },
  });
const refused = (
  given: string,
  properties: Readonly<Record<string, unknown>>,
  setup: readonly Setup[] = [],
): Case => ({
  given,
  setup,
  send: imported({ "copy.yaml": described(properties), "index.zip": code }),
});
const variables = (entries: readonly (readonly [string, string])[]) => ({
  Environment: { Variables: Object.fromEntries(entries) },
});

/** Functions as files. */
export const importExport: CasesOf<"exportFunction" | "importFunction"> = {
  exportFunction: {
    successes: [
      { given: "code and configuration", setup: [orders], send: both },
      {
        given: "the code of a version",
        setup: [v1],
        send: { path: { function_urn: `${ordersUrn}:v1` }, query: { type: "code" } },
      },
      {
        given: "the configuration behind an alias",
        setup: [prod],
        send: { path: { function_urn: `${ordersUrn}:!prod` }, query: { type: "config" } },
      },
    ],
    refusals: {
      ...versionFaults(both),
      "FSS.1001": [
        { given: "neither code nor configuration", setup: [orders] },
        { given: "a type beside the two", setup: [orders], send: { query: { ...both.query, type: "code" } } },
        {
          given: "the code of an image",
          setup: [receipt],
          send: { path: { function_urn: "read-receipt" }, query: { type: "code" } },
        },
      ],
    },
  },
  importFunction: {
    successes: [
      {
        given: "the example zip",
        send: { body: zip },
        want: { func_name: "hello-orders-copy", memory_size: 256, version: "latest" },
      },
      {
        given: "what exportFunction made",
        setup: [
          ping,
          async (world) => {
            const { body } = await world.call("exportFunction", { path: { function_urn: "ping" }, ...both });
            world.remember("file", base64(body as Uint8Array)); // a success has the ZIP
          },
        ],
        send: (world) => ({ body: { ...zip, func_name: "pong", file_code: world.id("file") } }),
        want: { func_name: "pong", runtime: "Python3.10", handler: "index.handler", memory_size: 128 },
      },
    ],
    refusals: {
      "FSS.1002": { given: "a name that starts with a digit", send: { body: { ...zip, func_name: "1st" } } },
      "FSS.1003": refused("a handler that is no handler of Node.js", { Handler: "handler" }),
      "FSS.1004": { given: "a package with a space", send: { body: { ...zip, package: "my package" } } },
      "FSS.1005": refused("a runtime that there is not", { Runtime: "Python 3.10" }),
      "FSS.1006": refused("a code type that there is not", { CodeType: "tar" }),
      "FSS.1007": refused("a size of memory that there is not", { MemorySize: 129 }),
      "FSS.1008": refused("a timeout of 2 seconds", { Timeout: 2 }),
      "FSS.1009": refused("a variable that starts with a digit", variables([["1ST", "x"]])),
      "FSS.1011": [
        { given: "a file that is no ZIP", send: { body: { ...zip, file_code: base64("no ZIP") } } },
        {
          given: "a path out of the ZIP",
          send: imported({ "copy.yaml": described({}), "../index.zip": code }),
        },
        {
          given: "code that is no ZIP",
          send: imported({ "copy.yaml": described({}), "index.zip": "no ZIP" }),
        },
      ],
      "FSS.1012": { given: "no code", send: imported({ "copy.yaml": described({}) }) },
      "FSS.1013": { given: "a file that is said to be a TAR", send: { body: { ...zip, file_type: "tar" } } },
      "FSS.1017": refused(
        "21 variables",
        variables(Array.from({ length: 21 }, (_, i) => [`NAME_${i}`, "x"] as const)),
      ),
      "FSS.1018": refused("variables of more than 4096 characters", variables([["LONG", "x".repeat(4096)]])),
      "FSS.1019": refused("a description of 513 characters", { Description: "x".repeat(513) }),
      "FSS.1022": {
        given: "two YAML files",
        send: imported({ "copy.yaml": described({}), "other.yml": described({}), "index.zip": code }),
      },
      "FSS.1023": {
        given: "a file that is too large",
        send: { body: { ...zip, file_code: base64(tooLargePackage(980_000)) } },
      },
      "FSS.1024": refused("more dependencies than a function may have", {
        DependencyPkg: ["first", "second"],
      }),
      "FSS.1025": [
        { given: "no YAML file", send: imported({ "index.zip": code }) },
        {
          given: "a YAML file that cannot be read",
          send: imported({ "copy.yaml": "Resources: [", "index.zip": code }),
        },
        refused("no handler", { Handler: undefined }),
      ],
      "FSS.1041": refused("one function more than the project may have", {}, [functionsToTheLimit]),
      "FSS.1042": {
        given: "more code than the project may have",
        setup: [largeCode],
        send: imported({ "copy.yaml": described({}), "index.zip": tooLargePackage(600_000) }),
      },
      "FSS.1046": foreignDependency,
      "FSS.1056": refused("a dependency that is not there", {
        DependencyPkg: ["9b0c1d2e-3f4a-4b5c-8d6e-7f8091a2b3c4"],
      }),
      "FSS.1057": {
        given: "a YAML file without a function",
        send: imported({ "copy.yaml": "HcCrmTemplateVersion: v1\nResources: {}\n", "index.zip": code }),
      },
      "FSS.1058": {
        given: "a YAML file with a name twice",
        send: imported({
          "copy.yaml": "HcCrmTemplateVersion: v1\nResources:\n  copy: {}\n  copy: {}\n",
          "index.zip": code,
        }),
      },
      "FSS.1061": {
        given: "a name that is taken",
        setup: [orders],
        send: { body: { ...zip, func_name: "hello-orders" } },
      },
    },
  },
};
