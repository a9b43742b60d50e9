import { type Case, type CasesOf, cannot, type Refusals } from "./case.ts";
import { exampleBody } from "./examples.ts";
import { base64, codePackage, tooLargePackage } from "./packages.ts";
import { foreignDependency } from "./reasons.ts";
import { greeting, greetingInUse, oldGreeting, oldGreetingInUse, publicDependency } from "./setups.ts";
import { bucket, type Send, type Setup, type World } from "./world.ts";

const zip = exampleBody("createDependencyVersion", "zip");
const obs = {
  ...exampleBody("createDependencyVersion", "obs"),
  depend_link: `${bucket}packages/greeting.zip`,
};
const nowhere = "8a9b0c1d-2e3f-4a5b-9c6d-7e8f90a1b2c3";
const dependency = (world: World) => ({ depend_id: world.id("dependency") });
const oldDependency = (world: World) => ({ depend_id: world.id("oldDependency") });
const list = { "FSS.0404": cannot("A list is there even when it is empty.") };
const twoNames: Setup = async (world) => {
  for (const name of ["first", "second"])
    await world.made("createDependencyVersion", { body: { ...zip, name } });
};
const tooMany: Case = {
  given: "one dependency more than a project may have",
  setup: [twoNames],
  send: { body: zip },
};
const pageFault: Case = {
  given: "a page size that is no number",
  setup: [greeting],
  send: (world) => ({ path: dependency(world), query: { maxitems: "ten" } }),
};

type PackageCode =
  | "FSS.1005"
  | "FSS.1010"
  | "FSS.1013"
  | "FSS.1019"
  | "FSS.1024"
  | "FSS.1032"
  | "FSS.1054"
  | "FSS.1071";

/** What the three operations refuse that take a package. */
function packageFaults(
  setup: readonly Setup[] = [],
  path: (world: World) => Send["path"] = () => ({}),
): Refusals<PackageCode> {
  const refused = (
    given: string,
    changes: Readonly<Record<string, unknown>>,
    base: Readonly<Record<string, unknown>> = zip,
  ): Case => {
    const body = { ...base, ...changes };
    return { given, setup, send: (world) => ({ path: path(world) ?? {}, body }) };
  };
  return {
    "FSS.1005": refused("a runtime that there is not", { runtime: "Python 3.10" }),
    "FSS.1010": refused("a link that is none", { depend_link: "packages/greeting.zip" }, obs),
    "FSS.1013": refused("a file that is no ZIP", { depend_file: base64("exports.greet = 1;") }),
    "FSS.1019": refused("a description of 513 characters", { description: "x".repeat(513) }),
    "FSS.1024": [
      refused("a name that starts with a digit", { name: "1st" }),
      refused("a package that is not Base64", { depend_file: "%%%" }),
      refused("a package with a path out of it", {
        depend_file: base64(codePackage({ "../outside.js": "1" })),
      }),
    ],
    "FSS.1032": [
      refused("an unknown type", { depend_type: "tar" }),
      refused("a type without its file", { depend_type: "obs" }),
    ],
    "FSS.1054": refused("a link that leads nowhere", { depend_link: `${bucket}packages/none.zip` }, obs),
    "FSS.1071": refused("a package that is too large", { depend_file: base64(tooLargePackage(210_000)) }),
  };
}

const newer = cannot("FSS.1065 is answered, which says the same.");

/** Packages that functions share. */
export const dependencies: CasesOf<
  | "listDependencies"
  | "createDependency"
  | "createDependencyVersion"
  | "listDependencyVersion"
  | "showDependencyVersion"
  | "deleteDependencyVersion"
  | "showDependency"
  | "updateDependency"
  | "deleteDependency"
> = {
  listDependencies: {
    successes: [
      { given: "none", want: { dependencies: [], count: 0 } },
      {
        given: "private and public ones",
        setup: [publicDependency, oldGreeting],
        want: { dependencies: [{ name: "old-greeting" }, { name: "greeting" }], count: 2 },
      },
      {
        given: "private ones alone",
        setup: [publicDependency, oldGreeting],
        send: { query: { dependency_type: "private" } },
        want: { dependencies: [{ name: "old-greeting" }] },
      },
      {
        given: "a page",
        setup: [greeting, oldGreeting],
        send: { query: { marker: "1", maxitems: "1" } },
        want: { dependencies: [{ name: "old-greeting" }] },
      },
    ],
    refusals: {
      ...list,
      "FSS.1001": [
        { given: "a page size that is no number", send: { query: { maxitems: "ten" } } },
        { given: "an unknown kind", send: { query: { dependency_type: "shared" } } },
      ],
    },
  },
  createDependency: {
    successes: [
      {
        given: "the example zip",
        send: { body: exampleBody("createDependency", "zip") },
        want: { name: "greeting", size: 401 },
      },
    ],
    refusals: {
      ...packageFaults(),
      "FSS.0404": cannot("FSS.1054 is answered, which says that the package is missing."),
      "FSS.1031": newer,
      "FSS.1045": tooMany,
      "FSS.1065": {
        given: "a name that is taken",
        setup: [oldGreeting],
        send: { body: { ...zip, name: "old-greeting" } },
      },
    },
  },
  createDependencyVersion: {
    successes: [
      {
        given: "the example zip",
        send: { body: zip },
        want: { version: 1, name: "greeting", etag: "0ba09dd4a883b92241ca884b7c6a5387" },
      },
      { given: "a link", send: { body: obs }, want: { version: 1 } },
      { given: "a name that is there already", setup: [greeting], send: { body: zip }, want: { version: 2 } },
    ],
    refusals: {
      ...packageFaults(),
      "FSS.0404": cannot("FSS.1054 is answered, which says that the package is missing."),
      "FSS.1031": newer,
      "FSS.1045": tooMany,
      "FSS.1065": {
        given: "the name of a dependency without versions",
        setup: [oldGreeting],
        send: { body: { ...zip, name: "old-greeting" } },
      },
    },
  },
  listDependencyVersion: {
    successes: [
      {
        given: "one version",
        setup: [greeting],
        send: (world) => ({ path: dependency(world) }),
        want: { dependencies: [{ version: 1, name: "greeting" }] },
      },
    ],
    refusals: {
      "FSS.1001": pageFault,
      "FSS.1046": foreignDependency,
      "FSS.1056": { given: "a dependency that is not there", send: { path: { depend_id: nowhere } } },
    },
  },
  showDependencyVersion: {
    successes: [
      {
        given: "a version",
        setup: [greeting],
        send: (world) => ({ path: { ...dependency(world), version: "1" } }),
        want: { version: 1, file_name: "greeting.zip" },
      },
      {
        given: "a public one",
        setup: [publicDependency],
        send: (world) => ({ path: { ...dependency(world), version: "1" } }),
      },
    ],
    refusals: {
      "FSS.1046": foreignDependency,
      "FSS.1056": [
        { given: "a dependency that is not there", send: { path: { depend_id: nowhere, version: "1" } } },
        {
          given: "a number that is not there",
          setup: [greeting],
          send: (world) => ({ path: { ...dependency(world), version: "2" } }),
        },
      ],
      "FSS.0400": {
        given: "a number that is none",
        setup: [greeting],
        send: (world) => ({ path: { ...dependency(world), version: "one" } }),
      },
    },
  },
  deleteDependencyVersion: {
    successes: [
      {
        given: "the only version",
        setup: [greeting],
        send: (world) => ({ path: { ...dependency(world), version: "1" } }),
      },
    ],
    refusals: {
      "FSS.1033": {
        given: "a version in use",
        setup: [greetingInUse],
        send: (world) => ({ path: { ...dependency(world), version: "1" } }),
      },
      "FSS.1046": {
        given: "a public dependency",
        setup: [publicDependency],
        send: (world) => ({ path: { ...dependency(world), version: "1" } }),
      },
      "FSS.1056": {
        given: "a dependency that is not there",
        send: { path: { depend_id: nowhere, version: "1" } },
      },
    },
  },
  showDependency: {
    successes: [
      {
        given: "a dependency",
        setup: [oldGreeting],
        send: (world) => ({ path: oldDependency(world) }),
        want: { name: "old-greeting" },
      },
    ],
    refusals: {
      "FSS.1046": foreignDependency,
      "FSS.1056": { given: "a dependency that is not there", send: { path: { depend_id: nowhere } } },
    },
  },
  updateDependency: {
    successes: [
      {
        given: "the example zip",
        setup: [oldGreeting],
        send: (world) => ({ path: oldDependency(world), body: exampleBody("updateDependency", "zip") }),
        want: { name: "greeting", size: 401 },
      },
    ],
    refusals: {
      ...packageFaults([oldGreeting], oldDependency),
      "FSS.1031": newer,
      "FSS.1046": {
        given: "a public dependency",
        setup: [publicDependency],
        send: (world) => ({ path: dependency(world), body: zip }),
      },
      "FSS.1056": {
        given: "a dependency that is not there",
        send: { path: { depend_id: nowhere }, body: zip },
      },
      "FSS.1065": {
        given: "a name that is taken",
        setup: [oldGreeting, greeting],
        send: (world) => ({ path: oldDependency(world), body: zip }),
      },
    },
  },
  deleteDependency: {
    successes: [
      { given: "a dependency", setup: [oldGreeting], send: (world) => ({ path: oldDependency(world) }) },
      { given: "one with versions", setup: [greeting], send: (world) => ({ path: dependency(world) }) },
    ],
    refusals: {
      "FSS.1033": {
        given: "a dependency in use",
        setup: [oldGreetingInUse],
        send: (world) => ({ path: oldDependency(world) }),
      },
      "FSS.1046": {
        given: "a public dependency",
        setup: [publicDependency],
        send: (world) => ({ path: dependency(world) }),
      },
      "FSS.1056": { given: "a dependency that is not there", send: { path: { depend_id: nowhere } } },
    },
  },
};
