import { type CasesOf, cannot } from "../case.ts";
import { exampleBody } from "../examples.ts";
import { base64, tooLargePackage } from "../packages.ts";
import { noImageService } from "../reasons.ts";
import {
  functionsToTheLimit,
  invoice,
  largeCode,
  makeInline,
  orders,
  packagesToTheLimit,
  ping,
  prod,
  timer,
  v1,
  v2,
  weighted,
} from "../setups.ts";
import { aliasFaults, ordersUrn } from "../urn-faults.ts";
import { bucket } from "../world.ts";
import { codeFaults } from "./code-faults.ts";
import { configFaults } from "./config-faults.ts";

const zip = exampleBody("createFunction", "zip");
const image = exampleBody("createFunction", "image");
const picture = (changes: Readonly<Record<string, unknown>>) => ({
  ...image,
  custom_image: { ...(image.custom_image as object), ...changes },
}); // as the example has it

/** Functions themselves. */
export const functionLife: CasesOf<"listFunctions" | "createFunction" | "deleteFunction"> = {
  listFunctions: {
    successes: [
      { given: "none", want: { functions: [], count: 0 } },
      {
        given: "two",
        setup: [orders, ping],
        want: { functions: [{ func_name: "hello-orders" }, { func_name: "ping" }], count: 2 },
      },
      {
        given: "a page",
        setup: [orders, ping],
        send: { query: { marker: "1", maxitems: "1" } },
        want: { functions: [{ func_name: "ping" }] },
      },
      {
        given: "a part of a name",
        setup: [orders, ping],
        send: { query: { func_name: "hello" } },
        want: { functions: [{ func_name: "hello-orders" }] },
      },
      {
        given: "a package",
        setup: [orders, (world) => makeInline(world, "only", { package: "other" })],
        send: { query: { package_name: "other" } },
        want: { functions: [{ func_name: "only" }] },
      },
    ],
    refusals: {
      "FSS.0404": cannot("A list is there even when it is empty."),
      "FSS.1001": [
        { given: "a page size that is no number", send: { query: { maxitems: "ten" } } },
        { given: "a negative marker", send: { query: { marker: "-1" } } },
      ],
    },
  },
  createFunction: {
    successes: [
      {
        given: "the example zip",
        send: { body: zip },
        want: { func_name: "hello-orders", code_size: 256, cpu: 400, version: "latest" },
      },
      {
        given: "the example inline",
        send: { body: exampleBody("createFunction", "inline") },
        want: { code_filename: "index.py" },
      },
      {
        given: "the example obs",
        send: { body: exampleBody("createFunction", "obs") },
        want: { code_url: `${bucket}packages/resize-image.zip` },
      },
      { given: "the example image", send: { body: image }, want: { handler: "-" } },
      {
        given: "a name that was used before",
        setup: [orders, (world) => world.made("deleteFunction")],
        send: { body: zip },
      },
      {
        given: "the same name in another package",
        setup: [orders],
        send: { body: { ...zip, package: "other" } },
        want: { package: "other" },
      },
    ],
    refusals: {
      ...configFaults(zip, []),
      ...codeFaults(zip, []),
      "FSS.1004": { given: "a package with a space", send: { body: { ...zip, package: "my package" } } },
      "FSS.1034": {
        given: "an image outside of SWR",
        send: { body: picture({ image: "docker.io/library/node:20" }) },
      },
      "FSS.1041": {
        given: "one function more than the project may have",
        setup: [functionsToTheLimit],
        send: { body: zip },
      },
      "FSS.1042": {
        given: "more code than the project may have",
        setup: [largeCode],
        send: { body: { ...zip, func_name: "large", func_code: { file: base64(tooLargePackage(600_000)) } } },
      },
      "FSS.1044": {
        given: "one package more than the project may have",
        setup: [packagesToTheLimit],
        send: { body: zip },
      },
      "FSS.1061": { given: "a name that is taken", setup: [orders], send: { body: zip } },
    },
  },
  deleteFunction: {
    successes: [
      {
        given: "a function with everything that belongs to it",
        setup: [weighted, timer],
        check: async (world) => {
          const { code } = await world.call("showFunctionConfig");
          if (code !== "FSS.1051") throw new Error(`The function is still there: ${code}.`);
        },
      },
      { given: "a version", setup: [v2], send: { path: { function_urn: `${ordersUrn}:v1` } } },
      {
        given: "a version with its alias",
        setup: [prod],
        send: { path: { function_urn: `${ordersUrn}:v1` } },
      },
      { given: "a Java function", setup: [invoice], send: { path: { function_urn: "render-invoice" } } },
    ],
    refusals: {
      ...aliasFaults(),
      "FSS.1014": cannot(
        "An alias whose name breaks the rule is one that is not there (FSS.1053), unless no URN can hold it (FSS.1309).",
      ),
      "FSS.1015": {
        given: "the version latest",
        setup: [v1],
        send: { path: { function_urn: `${ordersUrn}:latest` } },
      },
      "FSS.1094": {
        given: "the additional version of an alias",
        setup: [weighted],
        send: { path: { function_urn: `${ordersUrn}:v2` } },
      },
      "FSS.1403": noImageService,
    },
  },
};
