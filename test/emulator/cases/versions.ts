import type { CasesOf } from "./case.ts";
import { exampleBody } from "./examples.ts";
import { base64 } from "./packages.ts";
import { after, largeCode, orders, prod, timer, v1, v2, weighted } from "./setups.ts";
import { functionFaults, ordersUrn, versionFaults } from "./urn-faults.ts";
import type { World } from "./world.ts";

const alias = exampleBody("createVersionAlias", "plain");
const change = exampleBody("updateVersionAlias", "weights");
const named = { body: { version: "v1" } };
const ofProd = { path: { alias_name: "prod" } };
const noAlias = { path: { alias_name: "none" } };
const long = "x".repeat(513);
const updateCode = (world: World, code: string) =>
  world.made("updateFunctionCode", {
    body: { code_type: "inline", func_code: { file: base64(`exports.handler = async () => "${code}";\n`) } },
  });
/** `v1`, `v2` and `v3`, which is as many as there may be. */
const versionsToTheLimit = after([v2], async (world) => {
  await updateCode(world, "three");
  await world.made("createFunctionVersion", { body: { version: "v3" } });
  await updateCode(world, "four");
});
const onlyVersions = after([v1], (world) => updateCode(world, "changed"));

/** Published versions and the aliases of them. */
export const versions: CasesOf<
  | "listVersionAliases"
  | "createVersionAlias"
  | "showVersionAlias"
  | "updateVersionAlias"
  | "deleteVersionAlias"
  | "listFunctionVersions"
  | "createFunctionVersion"
> = {
  listVersionAliases: {
    successes: [
      { given: "none", setup: [orders], want: [] },
      {
        given: "one alias",
        setup: [prod],
        want: [{ name: "prod", version: "v1", alias_urn: `${ordersUrn}:!prod` }],
      },
    ],
    refusals: { ...versionFaults() },
  },
  createVersionAlias: {
    successes: [
      {
        given: "the example plain",
        setup: [v1],
        send: { body: alias },
        want: { name: "prod", version: "v1" },
      },
      {
        given: "the example weights",
        setup: [v2],
        send: { body: exampleBody("createVersionAlias", "weights") },
        want: { additional_version_weights: { v2: 10 } },
      },
      {
        given: "the example rules",
        setup: [v2],
        send: { body: exampleBody("createVersionAlias", "rules") },
        want: { additional_version_strategy: { v2: { combine_type: "or" } } },
      },
      { given: "latest", setup: [orders], send: { body: { name: "newest", version: "latest" } } },
    ],
    refusals: {
      ...functionFaults({ body: alias }),
      "FSS.1014": {
        given: "a name that starts with a digit",
        setup: [v1],
        send: { body: { ...alias, name: "1st" } },
      },
      "FSS.1015": {
        given: "a version that no version may be called",
        setup: [v1],
        send: { body: { ...alias, version: "v1-" } },
      },
      "FSS.1019": {
        given: "a description of 513 characters",
        setup: [v1],
        send: { body: { ...alias, description: long } },
      },
      "FSS.1043": {
        given: "one alias more than a function may have",
        setup: [
          prod,
          v2,
          (world) => world.made("createVersionAlias", { body: { name: "test", version: "v2" } }),
        ],
        send: { body: { name: "newest", version: "latest" } },
      },
      "FSS.1052": { given: "a version that is not there", setup: [orders], send: { body: alias } },
      "FSS.1063": {
        given: "a name that is taken",
        setup: [prod, v2],
        send: { body: { ...alias, version: "v2" } },
      },
      "FSS.1066": {
        given: "a version that has an alias",
        setup: [prod],
        send: { body: { ...alias, name: "live" } },
      },
      "FSS.1091": [
        {
          given: "latest as the additional version",
          setup: [v1],
          send: { body: { ...alias, additional_version_weights: { latest: 10 } } },
        },
        {
          given: "an additional version that is not there",
          setup: [v1],
          send: { body: { ...alias, additional_version_weights: { v9: 10 } } },
        },
      ],
      "FSS.1092": {
        given: "a weight of 101",
        setup: [v2],
        send: { body: { ...alias, additional_version_weights: { v2: 101 } } },
      },
      "FSS.1093": {
        given: "the same version twice",
        setup: [v1],
        send: { body: { ...alias, additional_version_weights: { v1: 10 } } },
      },
    },
  },
  showVersionAlias: {
    successes: [{ given: "an alias", setup: [prod], send: ofProd, want: { name: "prod", version: "v1" } }],
    refusals: {
      ...functionFaults(noAlias),
      "FSS.1053": { given: "an alias that is not there", setup: [orders], send: noAlias },
    },
  },
  updateVersionAlias: {
    successes: [
      {
        given: "the example weights",
        setup: [weighted],
        send: { ...ofProd, body: change },
        want: { additional_version_weights: { v2: 50 } },
      },
      {
        given: "the example rules",
        setup: [v2, prod],
        send: { ...ofProd, body: exampleBody("updateVersionAlias", "rules") },
      },
      {
        given: "another version",
        setup: [v2, prod],
        send: { ...ofProd, body: { version: "v2" } },
        want: { version: "v2" },
      },
    ],
    refusals: {
      ...functionFaults({ ...noAlias, body: change }),
      "FSS.1015": {
        given: "a version that no version may be called",
        setup: [prod],
        send: { ...ofProd, body: { version: "v1-" } },
      },
      "FSS.1019": {
        given: "a description of 513 characters",
        setup: [prod],
        send: { ...ofProd, body: { version: "v1", description: long } },
      },
      "FSS.1052": {
        given: "a version that is not there",
        setup: [prod],
        send: { ...ofProd, body: { version: "v9" } },
      },
      "FSS.1053": {
        given: "an alias that is not there",
        setup: [v1],
        send: { ...noAlias, body: { version: "v1" } },
      },
      "FSS.1066": {
        given: "a version that has another alias",
        setup: [
          prod,
          v2,
          (world) => world.made("createVersionAlias", { body: { name: "test", version: "v2" } }),
        ],
        send: { ...ofProd, body: { version: "v2" } },
      },
      "FSS.1091": {
        given: "an additional version that is not there",
        setup: [prod],
        send: { ...ofProd, body: change },
      },
      "FSS.1092": {
        given: "a negative weight",
        setup: [weighted],
        send: { ...ofProd, body: { version: "v1", additional_version_weights: { v2: -1 } } },
      },
      "FSS.1093": {
        given: "the same version twice",
        setup: [weighted],
        send: { ...ofProd, body: { version: "v2", additional_version_weights: { v2: 10 } } },
      },
    },
  },
  deleteVersionAlias: {
    successes: [{ given: "an alias", setup: [prod], send: ofProd }],
    refusals: {
      ...functionFaults(noAlias),
      "FSS.1053": [
        { given: "an alias that is not there", setup: [orders], send: noAlias },
        {
          given: "an alias that is gone already",
          setup: [prod, (world) => world.made("deleteVersionAlias", ofProd)],
          send: ofProd,
        },
      ],
      "FSS.1154": {
        given: "an alias with a trigger",
        setup: [
          prod,
          (world) =>
            world.made("createFunctionTrigger", {
              path: { function_urn: `${ordersUrn}:!prod` },
              body: exampleBody("createFunctionTrigger", "timer-rate"),
            }),
        ],
        send: ofProd,
      },
    },
  },
  listFunctionVersions: {
    successes: [
      { given: "latest alone", setup: [orders], want: { count: 1, versions: [{ version: "latest" }] } },
      {
        given: "published ones",
        setup: [v2],
        want: { versions: [{ version: "latest" }, { version: "v2" }, { version: "v1" }] },
      },
    ],
    refusals: {
      ...functionFaults(),
      "FSS.1001": {
        given: "a page size that is no number",
        setup: [orders],
        send: { query: { maxitems: "ten" } },
      },
    },
  },
  createFunctionVersion: {
    successes: [
      {
        given: "the example named",
        setup: [orders],
        send: { body: exampleBody("createFunctionVersion", "named") },
        want: { version: "v1", version_description: "First release" },
      },
      {
        given: "the example automatic",
        setup: [timer],
        send: { body: {} },
        want: { version: "v20260302-091527" },
      },
    ],
    refusals: {
      ...functionFaults(named),
      "FSS.0403": {
        given: "one version more than a function may have",
        setup: [versionsToTheLimit],
        send: { body: { version: "v4" } },
      },
      "FSS.1015": [
        { given: "a name with a hyphen at its end", setup: [orders], send: { body: { version: "v1-" } } },
        {
          given: "the URN of a published version",
          setup: [v1],
          send: { path: { function_urn: `${ordersUrn}:v1` }, body: { version: "v2" } },
        },
      ],
      "FSS.1016": { given: "nothing that has changed", setup: [v1], send: { body: { version: "v2" } } },
      "FSS.1019": {
        given: "a description of 513 characters",
        setup: [orders],
        send: { body: { version: "v1", description: long } },
      },
      "FSS.1042": {
        given: "more code than the project may have",
        setup: [largeCode],
        send: named,
      },
      "FSS.1062": { given: "a name that is taken", setup: [onlyVersions], send: named },
    },
  },
};
