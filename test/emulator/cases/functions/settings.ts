import type { CasesOf } from "../case.ts";
import { exampleBody } from "../examples.ts";
import { base64, tooLargePackage } from "../packages.ts";
import { connected, greeting, invoice, largeCode, orders, ping, prod, receipt, v1 } from "../setups.ts";
import { aliasFaults, ordersUrn } from "../urn-faults.ts";
import { codeFaults } from "./code-faults.ts";
import { configFaults } from "./config-faults.ts";

const config = exampleBody("updateFunctionConfig", "environment");
const code = exampleBody("updateFunctionCode", "zip");
const ofV1 = { path: { function_urn: `${ordersUrn}:v1` } };
const picture = {
  func_name: "read-receipt",
  runtime: "Custom Image",
  handler: "-",
  timeout: 60,
  memory_size: 1024,
};

/** Code and configuration of functions. */
export const functionSettings: CasesOf<
  | "showFunctionCode"
  | "updateFunctionCode"
  | "showFunctionConfig"
  | "updateFunctionConfig"
  | "updateFunctionMaxInstanceConfig"
> = {
  showFunctionCode: {
    successes: [
      { given: "a package", setup: [orders], want: { code_type: "zip", code_size: 256 } },
      {
        given: "inline code",
        setup: [ping],
        send: { path: { function_urn: "ping" } },
        want: { func_code: exampleBody("createFunction", "inline").func_code },
      },
      { given: "a version", setup: [v1], send: ofV1 },
    ],
    refusals: { ...aliasFaults() },
  },
  updateFunctionCode: {
    successes: [
      { given: "the example zip", setup: [orders], send: { body: code }, want: { code_size: 261 } },
      {
        given: "the example obs",
        setup: [orders],
        send: { body: exampleBody("updateFunctionCode", "obs") },
        want: { code_type: "obs" },
      },
      {
        given: "a dependency",
        setup: [orders, greeting],
        send: (world) => ({ body: { ...code, depend_version_list: [world.id("dependencyVersion")] } }),
        want: { dependencies: [{ name: "greeting" }] },
      },
    ],
    refusals: {
      ...aliasFaults({ body: code }),
      ...codeFaults(code, [orders]),
      "FSS.1015": { given: "a published version", setup: [v1], send: { ...ofV1, body: code } },
      "FSS.1042": {
        given: "more code than the project may have",
        setup: [largeCode, ping],
        send: {
          path: { function_urn: "ping" },
          body: { ...code, func_code: { file: base64(tooLargePackage(600_000)) } },
        },
      },
    },
  },
  showFunctionConfig: {
    successes: [
      { given: "a function", setup: [orders], want: { func_name: "hello-orders", timeout: 30, cpu: 400 } },
      { given: "one with an agency and a VPC", setup: [connected], want: { xrole: "orders-agency" } },
      {
        given: "an alias",
        setup: [prod],
        send: { path: { function_urn: `${ordersUrn}:!prod` } },
        want: { version: "v1" },
      },
    ],
    refusals: { ...aliasFaults() },
  },
  updateFunctionConfig: {
    successes: [
      {
        given: "the example environment",
        setup: [orders],
        send: { body: config },
        want: { timeout: 60, user_data: '{"GREETING":"Hello"}' },
      },
      {
        given: "the example network",
        setup: [orders],
        send: { body: exampleBody("updateFunctionConfig", "network") },
        want: { initializer_timeout: 10 },
      },
      {
        given: "the example java",
        setup: [invoice],
        send: { path: { function_urn: "render-invoice" }, body: exampleBody("updateFunctionConfig", "java") },
      },
    ],
    refusals: {
      ...aliasFaults({ body: config }),
      ...configFaults(config, [orders]),
      "FSS.1015": { given: "a published version", setup: [v1], send: { ...ofV1, body: config } },
      "FSS.1026": {
        given: "1001 instances",
        setup: [orders],
        send: { body: { ...config, strategy_config: { concurrency: 1001 } } },
      },
      "FSS.1034": {
        given: "an image outside of SWR",
        setup: [receipt],
        send: {
          path: { function_urn: "read-receipt" },
          body: { ...picture, custom_image: { enabled: true, image: "docker.io/library/node:20" } },
        },
      },
    },
  },
  updateFunctionMaxInstanceConfig: {
    successes: [
      {
        given: "the example limited",
        setup: [orders],
        send: { body: exampleBody("updateFunctionMaxInstanceConfig", "limited") },
        want: { strategy_config: { concurrency: 100 } },
      },
      {
        given: "the example disabled",
        setup: [orders],
        send: { body: exampleBody("updateFunctionMaxInstanceConfig", "disabled") },
        want: { strategy_config: { concurrency: 0 } },
      },
    ],
    refusals: {
      ...aliasFaults({ body: { max_instance_num: 1 } }),
      "FSS.1026": [
        { given: "1001 instances", setup: [orders], send: { body: { max_instance_num: 1001 } } },
        { given: "-2 instances", setup: [orders], send: { body: { max_instance_num: -2 } } },
      ],
    },
  },
};
