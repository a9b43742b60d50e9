import type { Handler } from "../contract/handler.ts";
import {
  findDependency,
  findNumberedVersion,
  versionsOfDependency,
} from "../core/dependencies/find-dependency.ts";
import { listDependencyRecords } from "../core/dependencies/list-dependencies.ts";
import { receivePackage } from "../core/dependencies/receive-package.ts";
import { removeDependency, removeDependencyVersion } from "../core/dependencies/remove-dependency.ts";
import {
  showDependencyRecord,
  showListedDependency,
  showListedVersion,
  showSingleVersion,
  showUploadedVersion,
} from "../core/dependencies/show-dependency.ts";
import {
  addDependencyVersion,
  addUnversionedDependency,
  replaceDependency,
} from "../core/dependencies/store-dependency.ts";
import { offsetPage } from "../core/offset-page.ts";
import { ServiceError } from "../core/service-error.ts";
import { epochSeconds } from "../core/time.ts";

const pageSize = { parameter: "maxitems", usual: 400, largest: 400 };

export const listDependencies: Handler<"listDependencies"> = ({ query, caller }, app) => {
  const { runtime, name } = query;
  const filter = {
    runtime,
    name,
    dependencyType: query.dependency_type,
    isPublic: query.ispublic && query.ispublic === "true",
  };
  const all = app.store.read((tx) => listDependencyRecords(tx, caller.projectId, filter));
  const rule = query.maxitems === undefined ? { ...pageSize, parameter: "limit" } : pageSize;
  const { items, next, total } = offsetPage(all, query.marker, query.maxitems ?? query.limit, rule);
  const dependencies = items.map((found) => showListedDependency(app.region, caller.projectId, found));
  return { body: { dependencies, next_marker: next, count: total } };
};

export const createDependency: Handler<"createDependency"> = async ({ body, caller }, app) => {
  const upload = await receivePackage(app, body);
  const found = app.store.write((tx) => addUnversionedDependency(tx, app, caller, upload));
  return { body: showDependencyRecord(app.region, caller.projectId, found) };
};

export const createDependencyVersion: Handler<"createDependencyVersion"> = async ({ body, caller }, app) => {
  const upload = await receivePackage(app, body);
  const found = app.store.write((tx) => addDependencyVersion(tx, app, caller, upload));
  return { body: showUploadedVersion(app.region, caller.projectId, found) };
};

export const listDependencyVersion: Handler<"listDependencyVersion"> = ({ path, query, caller }, app) =>
  app.store.read((tx) => {
    const found = findDependency(tx, caller.projectId, path.depend_id);
    const { items, next, total } = offsetPage(
      versionsOfDependency(tx, found),
      query.marker,
      query.maxitems,
      pageSize,
    );
    const dependencies = items.map((version) =>
      showListedVersion(app.region, caller.projectId, { ...found, version }),
    );
    return { body: { dependencies, next_marker: next, count: total } };
  });

export const showDependencyVersion: Handler<"showDependencyVersion"> = ({ path, caller }, app) =>
  app.store.read((tx) => {
    const found = findNumberedVersion(tx, findDependency(tx, caller.projectId, path.depend_id), path.version);
    return { body: showSingleVersion(app.region, caller.projectId, found, epochSeconds(app.clock.now())) };
  });

export const deleteDependencyVersion: Handler<"deleteDependencyVersion"> = ({ path, caller }, app) => {
  removeDependencyVersion(app, caller, path.depend_id, path.version);
  return { status: 204 };
};

export const showDependency: Handler<"showDependency"> = ({ path, caller }, app) =>
  app.store.read((tx) => {
    const found = findDependency(tx, caller.projectId, path.depend_id);
    const version = versionsOfDependency(tx, found).at(-1);
    if (!version) throw new ServiceError("FSS.1056");
    return { body: showDependencyRecord(app.region, caller.projectId, { ...found, version }) };
  });

export const updateDependency: Handler<"updateDependency"> = async ({ path, body, caller }, app) => {
  // A dependency that is not there is told before its package is read.
  app.store.read((tx) => findDependency(tx, caller.projectId, path.depend_id));
  const upload = await receivePackage(app, body);
  const found = app.store.write((tx) => replaceDependency(tx, app, caller, path.depend_id, upload));
  return { body: showDependencyRecord(app.region, caller.projectId, found) };
};

export const deleteDependency: Handler<"deleteDependency"> = ({ path, caller }, app) => {
  removeDependency(app, caller, path.depend_id);
  return { status: 204 };
};
