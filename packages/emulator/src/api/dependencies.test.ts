import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ada, addLocalFunction, bob, type LocalApp, localApp } from "../../test/support/local-app.ts";
import { perform } from "../../test/support/perform.ts";
import { digestsInUse } from "../core/code/package-uses.ts";
import {
  dependencies,
  dependencyVersionKey,
  dependencyVersionPlaces,
  dependencyVersions,
  publicSpace,
} from "../core/dependencies/records.ts";
import { latest, versionKey, versions } from "../core/functions/records.ts";
import { defaultLimits } from "../core/limits.ts";
import { writeZip } from "../zip/write-zip.ts";
import {
  createDependency,
  createDependencyVersion,
  deleteDependency,
  deleteDependencyVersion,
  listDependencies,
  listDependencyVersion,
  showDependency,
  showDependencyVersion,
  updateDependency,
} from "./dependencies.ts";

/** The package of the specification's examples: 401 bytes. */
const greeting =
  "UEsDBBQAAAAIAABQYlw2CfG5NQAAADgAAAAiAAAAbm9kZV9tb2R1bGVzL2dyZWV0aW5nL3BhY2thZ2UuanNvbqtWykvMTVWyUkovSk0tycxLV9JRKkstKs7MzwMKGuoZ6BkARXITM0HczLyU1Aq9rGKlWi4AUEsDBBQAAAAIAABQYly9hhJbLgAAAC4AAAAeAAAAbm9kZV9tb2R1bGVzL2dyZWV0aW5nL2luZGV4Lmpzy81PKc1J1UutKMgvKilWsFXQyEvMTdVUsLVTSPBIzcnJ11FQqQYJ1SomWHMBAFBLAQIUAxQAAAAIAABQYlw2CfG5NQAAADgAAAAiAAAAAAAAAAAAAACkgQAAAABub2RlX21vZHVsZXMvZ3JlZXRpbmcvcGFja2FnZS5qc29uUEsBAhQDFAAAAAgAAFBiXL2GElsuAAAALgAAAB4AAAAAAAAAAAAAAKSBdQAAAG5vZGVfbW9kdWxlcy9ncmVldGluZy9pbmRleC5qc1BLBQYAAAAAAgACAJwAAADfAAAAAAA=";
const request = {
  depend_type: "zip",
  depend_file: greeting,
  runtime: "Node.js18.15",
  name: "greeting",
  description: "Builds the greeting for a customer.",
};

let app: LocalApp;
const upload = (body: object = {}, caller = ada) =>
  perform(app, caller, "createDependencyVersion", createDependencyVersion, { body: { ...request, ...body } });
const create = (body: object = {}, caller = ada) =>
  perform(app, caller, "createDependency", createDependency, { body: { ...request, ...body } });
const update = (depend_id: string, body: object = {}) =>
  perform(app, ada, "updateDependency", updateDependency, {
    path: { depend_id },
    body: { ...request, ...body },
  });
const show = (depend_id: string, caller = ada) =>
  perform(app, caller, "showDependency", showDependency, { path: { depend_id } });
const remove = (depend_id: string) =>
  perform(app, ada, "deleteDependency", deleteDependency, { path: { depend_id } });
const list = (query: Record<string, string> = {}, caller = ada) =>
  perform(app, caller, "listDependencies", listDependencies, { query });
const listVersions = (depend_id: string, query: Record<string, string> = {}) =>
  perform(app, ada, "listDependencyVersion", listDependencyVersion, { path: { depend_id }, query });
const showVersion = (depend_id: string, version: string) =>
  perform(app, ada, "showDependencyVersion", showDependencyVersion, { path: { depend_id, version } });
const removeVersion = (depend_id: string, version: string) =>
  perform(app, ada, "deleteDependencyVersion", deleteDependencyVersion, { path: { depend_id, version } });
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const packed = async (...paths: string[]): Promise<string> =>
  base64(await writeZip(paths.map((path) => ({ path, bytes: Buffer.from(path) }))));
const packages = (): number => app.store.read((tx) => digestsInUse(tx).size);

beforeEach(() => {
  app = localApp();
});

describe("versions of dependencies", () => {
  it("start with 1 under a new name and count on under a known one", async () => {
    const { body: first } = await upload();
    expect(first).toEqual({
      id: expect.any(String),
      dep_id: expect.any(String),
      owner: ada.domainId,
      runtime: "Node.js18.15",
      etag: "0ba09dd4a883b92241ca884b7c6a5387",
      size: 401,
      name: "greeting",
      file_name: "greeting.zip",
      description: request.description,
      version: 1,
      last_modified: 1772445600,
      link: `https://fgs-packages.obs.eu-de.otc.t-systems.com/depends/${ada.projectId}/${first.id}.zip`,
    });
    app.setTime("2026-03-02T10:10:00Z");
    const { body: second } = await upload({
      depend_file: await packed("node_modules/greeting/index.js"),
      runtime: "Node.js20.15",
    });
    expect(second).toMatchObject({
      dep_id: first.dep_id,
      version: 2,
      runtime: "Node.js20.15",
      last_modified: 1772446200,
    });
    expect(second.id).not.toBe(first.id);
    expect(new Set([first.id, second.id, first.dep_id]).size).toBe(3);

    const versionList = await listVersions(first.dep_id ?? "");
    expect(versionList.body).toEqual({
      dependencies: [
        { ...first, is_shared: false },
        { ...second, is_shared: false },
      ],
      next_marker: 2,
      count: 2,
    });
    const single = await showVersion(first.dep_id ?? "", "1");
    expect(single.body).toEqual({
      ...first,
      is_shared: false,
      download_link: expect.stringMatching(/^https:.*Expires=1772449800&Signature=[0-9a-f]{64}$/),
    });
    const { body } = await list();
    expect(body).toEqual({
      dependencies: [expect.objectContaining({ id: first.dep_id, version: 2, etag: second.etag })],
      next_marker: 1,
      count: 1,
    });
  });

  it("are told apart from their dependency", async () => {
    const { body } = await upload();
    expect((await showVersion(body.id ?? "", "1")).error).toMatch(/^FSS.1056 /);
    expect((await listVersions(body.id ?? "")).error).toMatch(/^FSS.1056 /);
    expect((await showVersion(body.dep_id ?? "", "2")).error).toMatch(/^FSS.1056 /);
    expect((await showVersion(body.dep_id ?? "", "99999999999999999999")).error).toMatch(/^FSS.1056 /);
  });

  it("are deleted one by one, and with the last one the dependency and its packages", async () => {
    const depend_id = (await upload()).body.dep_id ?? "";
    await upload({ depend_file: await packed("a.js") });
    expect(packages()).toBe(2);
    expect((await removeVersion(depend_id, "2")).status).toBe(204);
    expect((await removeVersion(depend_id, "2")).error).toMatch(/^FSS.1056 /);
    expect((await upload()).body.version).toBe(3);
    await removeVersion(depend_id, "1");
    expect((await removeVersion(depend_id, "3")).status).toBe(204);
    expect((await list()).body.count).toBe(0);
    expect(packages()).toBe(0);
    expect((await removeVersion(depend_id, "x")).error).toMatch(/^FSS.0400 /);
  });

  it("are kept while a version of a function uses them", async () => {
    const { body } = await upload();
    await addLocalFunction(app, ada, { depend_version_list: [body.id] });
    await addLocalFunction(app, ada, { func_name: "other" });
    const refused = [await removeVersion(body.dep_id ?? "", "1"), await remove(body.dep_id ?? "")];
    for (const { status, error } of refused)
      expect([status, error]).toEqual([
        412,
        expect.stringMatching(/^FSS.1033 .*hello-orders:latest uses it/),
      ]);
    app.store.write((tx) =>
      tx.delete(versions, ada.projectId, versionKey("default", "hello-orders", latest)),
    );
    expect((await removeVersion(body.dep_id ?? "", "1")).status).toBe(204);
  });

  it("belong to their project", async () => {
    const { body } = await upload();
    expect((await show(body.dep_id ?? "", bob)).error).toMatch(/^FSS.1056 /);
    expect((await list({}, bob)).body.count).toBe(0);
    expect((await upload({}, bob)).body.version).toBe(1);
  });

  it("are not added to a dependency without versions", async () => {
    await create();
    expect(await upload()).toMatchObject({ status: 409, error: expect.stringMatching(/^FSS.1065 /) });
  });
});

describe("packages", () => {
  it.each([
    ["without a file", { depend_file: undefined }, "FSS.1032"],
    [
      "with a link beside the file",
      { depend_link: "https://example-orders.obs.example.com/a.zip" },
      "FSS.1032",
    ],
    ["of type obs with a file", { depend_type: "obs" }, "FSS.1032"],
    ["of another type", { depend_type: "swr" }, "FSS.1032"],
    ["that are not Base64", { depend_file: "§§§§" }, "FSS.1024"],
    [
      "that are no ZIP",
      { depend_file: base64(Buffer.from("no zip at all, but long enough to be one")) },
      "FSS.1013",
    ],
    ["with a broken name", { name: "greeting-" }, "FSS.1024"],
    ["without a name", { name: undefined }, "FSS.1024"],
    ["with a long description", { description: "x".repeat(513) }, "FSS.1019"],
    ["with a misspelt runtime", { runtime: "Node.js 18.15" }, "FSS.1005"],
    [
      "behind no address",
      { depend_type: "obs", depend_file: undefined, depend_link: "greeting.zip" },
      "FSS.1010",
    ],
    [
      "behind an address that leads nowhere",
      {
        depend_type: "obs",
        depend_file: undefined,
        depend_link: "https://example-orders.obs.example.com/a.zip",
      },
      "FSS.1054",
    ],
  ])("%s are refused", async (_, body, code) => {
    const error = new RegExp(`^${code} `);
    expect((await upload(body)).error).toMatch(error);
    expect((await create(body)).error).toMatch(error);
    await create({ name: "there" });
    const id = (await list()).body.dependencies?.[0]?.id ?? "";
    expect((await update(id, body)).error).toMatch(error);
  });

  it("with a file name that ends in ~ are refused", async () => {
    expect((await upload({ depend_file: await packed("a.js", "b.js~") })).error).toMatch(/^FSS.1024 .*b.js~/);
  });

  it("that lead out of their folder are refused", async () => {
    const zip = Buffer.from(await writeZip([{ path: "aa/b", bytes: Buffer.from("x") }]));
    const evil = Buffer.from(zip.toString("latin1").replaceAll("aa/b", "../b"), "latin1");
    expect((await upload({ depend_file: base64(evil) })).error).toMatch(
      /^FSS.1024 Invalid dependency. zip: /,
    );
  });

  it("that are too large are refused, packed or unpacked", async () => {
    app = localApp({ limits: { ...defaultLimits, maxDependencyPackage: 400 } });
    expect(await upload()).toMatchObject({
      status: 413,
      error: expect.stringMatching(/^FSS.1071 .*at most 400 bytes and has 401/),
    });
    app = localApp({ limits: { ...defaultLimits, maxUnpacked: 100 } });
    expect((await upload()).error).toMatch(/^FSS.1024 /);
  });

  describe("in a bucket", () => {
    let folder: string;
    const link = "https://example-orders.obs.eu-de.otc.t-systems.com/packages/greeting.zip";

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "packages-"));
      app = localApp({
        objectStorage: new Map([["https://example-orders.obs.eu-de.otc.t-systems.com/packages/", folder]]),
      });
    });
    afterEach(() => rm(folder, { recursive: true }));

    it("are copied from where the configuration says", async () => {
      await writeFile(join(folder, "greeting.zip"), Buffer.from(greeting, "base64"));
      const { body } = await upload({ depend_type: "obs", depend_file: undefined, depend_link: link });
      expect(body).toMatchObject({ etag: "0ba09dd4a883b92241ca884b7c6a5387", size: 401 });
      expect(body.link).not.toBe(link);
    });

    it("are refused when they are not there", async () => {
      expect(await upload({ depend_type: "obs", depend_file: undefined, depend_link: link })).toMatchObject({
        status: 404,
        error: expect.stringMatching(/^FSS.1054 /),
      });
    });
  });
});

describe("dependencies without versions", () => {
  it("are created, shown, replaced and deleted", async () => {
    const { body } = await create();
    const { id } = body;
    expect(body).toEqual({
      id: expect.any(String),
      owner: ada.domainId,
      runtime: "Node.js18.15",
      etag: "0ba09dd4a883b92241ca884b7c6a5387",
      size: 401,
      name: "greeting",
      file_name: "greeting.zip",
      description: request.description,
      link: `https://fgs-packages.obs.eu-de.otc.t-systems.com/depends/${ada.projectId}/${id}.zip`,
    });
    expect((await show(id)).body).toEqual(body);
    const versionId = (await listVersions(id)).body.dependencies?.[0]?.id;
    const { body: updated } = await update(id, {
      name: "salute",
      runtime: "Python3.10",
      depend_file: await packed("salute.py"),
      description: undefined,
    });
    expect(updated).toMatchObject({ id, name: "salute", runtime: "Python3.10", file_name: "salute.zip" });
    expect(updated).not.toHaveProperty("description");
    expect((await listVersions(id)).body).toMatchObject({
      count: 1,
      dependencies: [{ id: versionId, dep_id: id, version: 1, etag: updated.etag }],
    });
    expect(packages()).toBe(1);
    expect((await remove(id)).status).toBe(204);
    expect([(await show(id)).error, (await remove(id)).error, (await update(id)).error]).toEqual(
      Array(3).fill("FSS.1056 The dependency does not exist."),
    );
    expect(packages()).toBe(0);
  });

  it("need a name of their own", async () => {
    await create();
    const { id } = (await create({ name: "salute" })).body;
    expect(await create()).toMatchObject({ status: 409, error: expect.stringMatching(/^FSS.1065 /) });
    expect((await update(id)).error).toMatch(/^FSS.1065 /);
    expect((await update(id, { name: "salute" })).status).toBe(200);
    await upload({ name: "versioned" });
    expect((await create({ name: "versioned" })).error).toMatch(/^FSS.1065 /);
  });

  it("do not replace the versions of one that has them", async () => {
    const { body } = await upload();
    expect((await update(body.dep_id ?? "")).error).toMatch(/^FSS.1024 .*createDependencyVersion/);
    expect((await show(body.dep_id ?? "")).body).not.toHaveProperty("version");
  });

  it("are no more than a project may have, versions not counted", async () => {
    app = localApp({ limits: { ...defaultLimits, dependencies: 1 } });
    expect((await upload()).status).toBe(200);
    expect((await upload()).status).toBe(200);
    expect(await upload({ name: "more" })).toMatchObject({
      status: 403,
      error: expect.stringMatching(/^FSS.1045 .*at most 1/),
    });
    expect((await create({ name: "more" })).error).toMatch(/^FSS.1045 /);
  });
});

describe("lists of dependencies", () => {
  const names = async (query: Record<string, string> = {}) =>
    (await list(query)).body.dependencies?.map((one) => one.name);

  beforeEach(async () => {
    await upload({ name: "zeta" });
    await upload({ name: "alpha", runtime: "Python3.10" });
    await create({ name: "middle" });
    app.store.write((tx) => {
      const id = "b3c4d5e6-0718-492a-8b3c-4d5e6f708192";
      const version = {
        id: "pillow-version",
        dependencyId: id,
        version: 1,
        runtime: "Python3.10",
        digest: "00",
        etag: "7d793037a0760186574b0282f2f435e7-3",
        size: 18354921,
        lastModified: 1709510400,
      };
      tx.put(dependencies, publicSpace, id, {
        id,
        name: "pillow-10.2.0",
        owner: "public",
        sequence: 1,
        versioned: true,
        lastVersion: 1,
      });
      tx.put(dependencyVersions, publicSpace, dependencyVersionKey(id, 1), version);
      tx.put(dependencyVersionPlaces, publicSpace, version.id, { dependencyId: id, version: 1 });
    });
  });

  it("have those of the project in the order of creation, then those of everybody", async () => {
    expect(await names()).toEqual(["zeta", "alpha", "middle", "pillow-10.2.0"]);
  });

  it.each([
    [{ runtime: "Python3.10" }, ["alpha", "pillow-10.2.0"]],
    [{ name: "alpha" }, ["alpha"]],
    [{ dependency_type: "private" }, ["zeta", "alpha", "middle"]],
    [{ dependency_type: "public" }, ["pillow-10.2.0"]],
    [{ dependency_type: "all", ispublic: "true" }, ["pillow-10.2.0"]],
    [{ ispublic: "false", runtime: "Python3.10" }, ["alpha"]],
    [{ ispublic: "true", dependency_type: "private" }, []],
    [{ maxitems: "0" }, ["zeta", "alpha", "middle", "pillow-10.2.0"]],
    [{ limit: "1" }, ["zeta"]],
  ])("are narrowed by %o", async (query, want) => {
    expect(await names(query as Record<string, string>)).toEqual(want);
  });

  it("come in pages until the marker reaches the count", async () => {
    expect((await list({ maxitems: "3" })).body).toMatchObject({ next_marker: 3, count: 4 });
    expect((await list({ maxitems: "3", marker: "3" })).body).toMatchObject({
      dependencies: [{ name: "pillow-10.2.0" }],
      next_marker: 4,
      count: 4,
    });
    expect((await list({ marker: "9" })).body).toEqual({ dependencies: [], next_marker: 9, count: 4 });
    const depend_id = (await list({ name: "alpha" })).body.dependencies?.[0]?.id ?? "";
    await upload({ name: "alpha" });
    expect((await listVersions(depend_id, { maxitems: "1", marker: "1" })).body).toMatchObject({
      dependencies: [{ version: 2 }],
      next_marker: 2,
      count: 2,
    });
  });

  it.each([
    { marker: "x" },
    { maxitems: "-1" },
    { limit: "1.5" },
    { ispublic: "yes" },
    { dependency_type: "mine" },
  ])("refuse %o", async (query) => {
    expect((await list(query as Record<string, string>)).error).toMatch(/^FSS.(1001|0400) /);
  });

  it("hold public ones, which can be used but not changed", async () => {
    const id = "b3c4d5e6-0718-492a-8b3c-4d5e6f708192";
    expect((await show(id)).body).toMatchObject({
      owner: "public",
      link: "https://fgs-packages.obs.eu-de.otc.t-systems.com/public/pillow-version.zip",
    });
    await addLocalFunction(app, ada, { depend_version_list: ["pillow-version"] });
    const refused = [await remove(id), await removeVersion(id, "1"), await update(id)];
    expect(refused.map(({ status, error }) => [status, error])).toEqual(
      Array(3).fill([403, "FSS.1046 The dependency is inaccessible."]),
    );
  });
});
