import { type CasesOf, cannot } from "../case.ts";
import { exampleBody } from "../examples.ts";
import { invoice, makeInline, orders, prod, tagged } from "../setups.ts";
import { aliasFaults, ordersUrn } from "../urn-faults.ts";
import type { World } from "../world.ts";

const javaUrn = ordersUrn.replace("hello-orders", "render-invoice");
const enable = { path: { action: "enable" } };
const tags = exampleBody("createTags", "tags");
const gone = exampleBody("deleteTags", "tags");
const ofOrders = (world: World) => ({ resource_id: world.id("urn") });
const nobody = { resource_id: ordersUrn.replace("hello-orders", "nobody") };
const endpoint = exampleBody("createVpcEndpoint", "endpoint");
const subnet = { path: { vpc_id: String(endpoint.vpc_id), subnet_id: String(endpoint.subnet_id) } };
const tagFaults = (action: string) => [
  {
    given: "a key with a control character",
    setup: [orders],
    send: (world: World) => ({
      path: ofOrders(world),
      body: { action, tags: [{ key: "te\tam", value: "orders" }] },
    }),
  },
  {
    given: "a system tag",
    setup: [orders],
    send: (world: World) => ({
      path: ofOrders(world),
      body: { action, sys_tags: [{ key: "_sys_enterprise_project_id", value: "0" }] },
    }),
  },
];
const ownBad = { given: "another resource type", send: { path: { resource_type: "buckets" } } };

/** Snapshots, tags and endpoints. */
export const functionResources: CasesOf<
  | "updateFuncSnapshot"
  | "showFuncSnapshotState"
  | "showProjectTagsList"
  | "showResInstanceInfo"
  | "deleteTags"
  | "createTags"
  | "createVpcEndpoint"
  | "deleteVpcEndpoint"
> = {
  updateFuncSnapshot: {
    successes: [
      {
        given: "a version of a Java function",
        setup: [invoice],
        send: { path: { ...enable.path, function_urn: `${javaUrn}:v1` } },
      },
      {
        given: "the end of it",
        setup: [invoice],
        send: { path: { action: "disable", function_urn: `${javaUrn}:v1` } },
      },
    ],
    refusals: {
      ...aliasFaults(enable),
      "FSS.1005": {
        given: "a Node.js function",
        setup: [prod],
        send: { path: { ...enable.path, function_urn: `${ordersUrn}:v1` } },
      },
      "FSS.1015": {
        given: "the version latest",
        setup: [invoice],
        send: { path: { ...enable.path, function_urn: javaUrn } },
      },
      "FSS.0400": {
        given: "an unknown action",
        setup: [invoice],
        send: { path: { action: "pause", function_urn: `${javaUrn}:v1` } },
      },
    },
  },
  showFuncSnapshotState: {
    successes: [
      {
        given: "a version without a snapshot",
        setup: [invoice],
        send: { path: { function_urn: `${javaUrn}:v1` } },
        want: { state: "disable" },
      },
      {
        given: "a version with a snapshot",
        setup: [
          invoice,
          (world) =>
            world.made("updateFuncSnapshot", { path: { ...enable.path, function_urn: `${javaUrn}:v1` } }),
        ],
        send: { path: { function_urn: `${javaUrn}:v1` } },
        want: { state: "enable" },
      },
    ],
    refusals: { ...aliasFaults() },
  },
  showProjectTagsList: {
    successes: [
      { given: "no tags", want: { tags: [] } },
      {
        given: "two tags",
        setup: [tagged],
        want: {
          tags: [
            { key: "team", values: ["orders"] },
            { key: "stage", values: ["production"] },
          ],
        },
      },
    ],
    refusals: { "FSS.0400": ownBad },
  },
  showResInstanceInfo: {
    successes: [
      {
        given: "a tag",
        setup: [tagged, (world) => makeInline(world, "resize-image")],
        send: { path: { action: "filter" }, body: exampleBody("showResInstanceInfo", "tags") },
        want: { total_count: 1, resources: [{ resource_name: "hello-orders" }] },
      },
      {
        given: "a name without tags",
        setup: [tagged, (world) => makeInline(world, "resize-image")],
        send: { path: { action: "filter" }, body: exampleBody("showResInstanceInfo", "name") },
        want: { total_count: 1, resources: [{ resource_name: "resize-image" }] },
      },
      {
        given: "a number",
        setup: [tagged],
        send: { path: { action: "count" }, body: exampleBody("showResInstanceInfo", "tags") },
        want: { total_count: 1 },
      },
    ],
    refusals: {
      "FSS.0404": cannot("What is not found is left out of the answer."),
      "FSS.0400": [
        { given: "an unknown action", send: { path: { action: "sort" }, body: {} } },
        {
          given: "a property that functions do not have",
          send: { path: { action: "filter" }, body: { matches: [{ key: "colour", value: "red" }] } },
        },
      ],
    },
  },
  deleteTags: {
    successes: [
      { given: "a tag", setup: [tagged], send: (world) => ({ path: ofOrders(world), body: gone }) },
      {
        given: "a tag that is not there",
        setup: [orders],
        send: (world) => ({ path: ofOrders(world), body: gone }),
      },
    ],
    refusals: {
      "FSS.1051": { given: "a function that is not there", send: { path: nobody, body: gone } },
      "FSS.0400": tagFaults("delete"),
    },
  },
  createTags: {
    successes: [
      { given: "two tags", setup: [orders], send: (world) => ({ path: ofOrders(world), body: tags }) },
      {
        given: "tags that are there already",
        setup: [tagged],
        send: (world) => ({ path: ofOrders(world), body: tags }),
      },
    ],
    refusals: {
      "FSS.1051": { given: "a function that is not there", send: { path: nobody, body: tags } },
      "FSS.0400": [
        ...tagFaults("create"),
        {
          given: "21 tags",
          setup: [tagged],
          send: (world) => ({
            path: ofOrders(world),
            body: {
              action: "create",
              tags: Array.from({ length: 19 }, (_, i) => ({ key: `key-${i}`, value: "x" })),
            },
          }),
        },
      ],
    },
  },
  createVpcEndpoint: {
    successes: [
      { given: "a subnet", send: { body: endpoint } },
      {
        given: "a subnet that has one",
        setup: [(world) => world.made("createVpcEndpoint", { body: endpoint })],
        send: { body: endpoint },
      },
    ],
    refusals: {
      "FSS.0404": cannot("FSS.1036 or FSS.1037 is answered, which say what is missing."),
      "FSS.1036": { given: "an empty vpc_id", send: { body: { ...endpoint, vpc_id: "" } } },
      "FSS.1037": { given: "an empty subnet_id", send: { body: { ...endpoint, subnet_id: "" } } },
    },
  },
  deleteVpcEndpoint: {
    successes: [
      {
        given: "an endpoint",
        setup: [(world) => world.made("createVpcEndpoint", { body: endpoint })],
        send: subnet,
      },
      { given: "a subnet without one", send: subnet },
    ],
    refusals: {},
  },
};
