import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleSize } from "./bundle-size.ts";
import { importEffects } from "./import-effects.ts";
import { type ReaderProject, readerProject } from "./reader-project.ts";

const bundleBudget = 8_192;
const packagesBudget = 3;
const installedBudget = 1_048_576;

let project: ReaderProject;
let client: { dependencies?: object; exports: Record<string, unknown> };

beforeAll(() => {
  project = readerProject();
  client = JSON.parse(
    readFileSync(join(project.folder, "node_modules/@functiongraph/client/package.json"), "utf8"),
  );
}, 60_000);

afterAll(() => project.remove());

/** The packages below a node_modules folder, and the bytes of all their files. */
function installed(folder: string): { packages: string[]; bytes: number } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const paths = files.map((file) => relative(folder, join(file.parentPath, file.name)).replaceAll("\\", "/"));
  return {
    packages: paths.flatMap(
      (path) => /^(?:.*\/node_modules\/)?((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1] ?? [],
    ),
    bytes: paths.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0),
  };
}

test("the client depends on openapi-fetch alone", () => {
  expect(Object.keys(client.dependencies ?? {})).toEqual(["openapi-fetch"]);
  expect(client).not.toHaveProperty("peerDependencies");
  expect(client).not.toHaveProperty("optionalDependencies");
});

describe("installed", () => {
  test(`at most ${packagesBudget} packages, and 1 MiB of files`, () => {
    const { packages, bytes } = installed(join(project.folder, "node_modules"));
    console.log(`Installed: ${packages.length} packages, ${bytes} B of ${installedBudget}.`);
    expect(packages).toContain("@functiongraph/client");
    expect(packages.length, packages.join(", ")).toBeLessThanOrEqual(packagesBudget);
    expect(bytes).toBeLessThanOrEqual(installedBudget);
  });

  test("packages within packages and their files are seen", () => {
    const modules = join(project.folder, "other");
    for (const name of ["plain", "@scope/scoped", "plain/node_modules/nested"]) {
      mkdirSync(join(modules, name, "dist"), { recursive: true });
      writeFileSync(join(modules, name, "package.json"), "{}");
      writeFileSync(join(modules, name, "dist", "package.json"), " ".repeat(1_000));
    }
    const { packages, bytes } = installed(modules);
    expect(packages.sort()).toEqual(["@scope/scoped", "nested", "plain"]);
    expect(bytes).toBe(3_006);
  });
});

describe("bundled for the browser", () => {
  const program = 'export { createFunctionGraph } from "@functiongraph/client";';

  test(`what is loaded at once has at most ${bundleBudget} B after gzip`, async () => {
    const { atOnce, later } = await bundleSize(program, project.folder);
    const chunks = Object.entries(later).map(([name, size]) => `${name} ${size} B`);
    const official = await bundleSize(
      `export { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core";
       export { FunctionGraphClient } from "@huaweicloud/huaweicloud-sdk-functiongraph/v2/public-api.js";`,
      fileURLToPath(new URL("..", import.meta.url)).replace(/[/\\]$/, ""),
      "node",
    );
    console.log(
      `Bundle after gzip: ${atOnce} B of ${bundleBudget}; the official SDK's ${official.atOnce} B.`,
    );
    expect(atOnce, `loaded at once, in B; later: ${chunks.join(", ")}`).toBeLessThanOrEqual(bundleBudget);
  });

  test("what a program adds would be seen", async () => {
    const noise = Array.from({ length: 2_000 }, (_, i) => ((i + 1) * 2_654_435_761) % 4_294_967_296).join("");
    const plain = await bundleSize(program, project.folder);
    const more = await bundleSize(`${program} export const noise = "${noise}";`, project.folder);
    expect(more.atOnce).toBeGreaterThan(plain.atOnce + 5_000);
  });
});

describe("imported", () => {
  test("no module does anything", () => {
    const subpaths = Object.keys(client.exports).filter((path) => path !== "./package.json");
    const specifiers = subpaths.map((path) => `@functiongraph/client${path.slice(1)}`);
    expect(specifiers.length).toBeGreaterThanOrEqual(6);
    for (const specifier of specifiers)
      expect(importEffects([specifier], project.folder), specifier).toEqual([]);
    expect(importEffects(specifiers, project.folder)).toEqual([]);
  });

  test.each([
    ["setInterval(() => {}, 1_000).unref();", "called setInterval"],
    ['import { createServer } from "node:net"; createServer().listen(0);', "added to resources: TCP"],
    ['fetch("http://127.0.0.1:9/").catch(() => {});', "called fetch"],
    [
      'import { request } from "node:http"; request("http://127.0.0.1:9/").on("error", () => {}).end();',
      "called connect",
    ],
    ['import { setTimeout as wait } from "node:timers"; wait(() => {}, 1).unref();', "called setTimeout"],
    ["globalThis.functiongraph = 1;", "added to globals: functiongraph"],
    ['process.on("exit", () => {});', "added to listeners: exit "],
    ["Array.prototype.last = () => {};", "added to prototypes: Array.last"],
  ])("a module that did this would be seen: %s", (code, effect) => {
    writeFileSync(join(project.folder, "faulty.js"), code);
    expect(importEffects(["./faulty.js"], project.folder).join("\n")).toContain(effect);
  });
});
