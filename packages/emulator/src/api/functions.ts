import type { Handler } from "../contract/handler.ts";
import { receiveCode } from "../core/code/receive-code.ts";
import { storeCode } from "../core/code/store-code.ts";
import { addFunction, draftConfig } from "../core/functions/create-function.ts";
import { deleteFunctionOrVersion } from "../core/functions/delete-function.ts";
import { findFunction } from "../core/functions/find-function.ts";
import { listFunctionPage } from "../core/functions/list-functions.ts";
import { showConfig } from "../core/functions/show-function.ts";
import { readCode, updateCode } from "../core/functions/update-code.ts";
import { updateConfig, updateMaxInstances } from "../core/functions/update-config.ts";
import { snapshotState, switchSnapshot } from "../core/snapshots/switch-snapshot.ts";
import { addTags, removeTags } from "../core/tags/change-tags.ts";
import { listProjectTags } from "../core/tags/list-project-tags.ts";
import { searchResources } from "../core/tags/search-resources.ts";
import { createEndpoint, deleteEndpoint } from "../core/vpc-endpoints/vpc-endpoints.ts";

export const createFunction: Handler<"createFunction"> = async ({ body: request, caller }, app) => {
  const config = draftConfig(caller, request);
  const code = await storeCode(app, await receiveCode(app, request));
  const body = app.store.write((tx) => {
    const added = addFunction(tx, app, caller, { request, config, code });
    return showConfig(tx, { region: app.region, project: caller.projectId, ...added });
  });
  // Whoever makes a function will call it.
  app.runner.prepare(request.runtime);
  return { body };
};

export const listFunctions: Handler<"listFunctions"> = ({ query, caller }, app) => ({
  body: listFunctionPage(app, caller.projectId, query),
});

export const deleteFunction: Handler<"deleteFunction"> = async ({ path, caller }, app) => {
  await deleteFunctionOrVersion(app, caller, path.function_urn);
  return { status: 204 };
};

export const showFunctionCode: Handler<"showFunctionCode"> = async ({ path, caller }, app) => ({
  body: await readCode(app, caller, path.function_urn),
});

export const updateFunctionCode: Handler<"updateFunctionCode"> = async ({ path, body, caller }, app) => ({
  body: await updateCode(app, caller, path.function_urn, body),
});

export const showFunctionConfig: Handler<"showFunctionConfig"> = ({ path, caller }, app) => ({
  body: app.store.read((tx) =>
    showConfig(tx, {
      region: app.region,
      project: caller.projectId,
      ...findFunction(tx, caller.projectId, path.function_urn),
    }),
  ),
});

export const updateFunctionConfig: Handler<"updateFunctionConfig"> = ({ path, body, caller }, app) => ({
  body: updateConfig(app, caller, path.function_urn, body),
});

export const updateFunctionMaxInstanceConfig: Handler<"updateFunctionMaxInstanceConfig"> = (
  { path, body, caller },
  app,
) => ({
  body: updateMaxInstances(app, caller, path.function_urn, body.max_instance_num),
});

export const updateFuncSnapshot: Handler<"updateFuncSnapshot"> = ({ path, caller }, app) => {
  switchSnapshot(app, caller.projectId, path.function_urn, path.action);
  return { status: 204 };
};

export const showFuncSnapshotState: Handler<"showFuncSnapshotState"> = ({ path, caller }, app) => ({
  body: { state: snapshotState(app, caller.projectId, path.function_urn) },
});

export const createTags: Handler<"createTags"> = ({ path, body, caller }, app) => {
  addTags(app, caller.projectId, path.resource_id, body);
  return { status: 204 };
};

export const deleteTags: Handler<"deleteTags"> = ({ path, body, caller }, app) => {
  removeTags(app, caller.projectId, path.resource_id, body);
  return { status: 204 };
};

export const showProjectTagsList: Handler<"showProjectTagsList"> = ({ caller }, app) => ({
  body: listProjectTags(app, caller.projectId),
});

export const showResInstanceInfo: Handler<"showResInstanceInfo"> = ({ path, body, caller }, app) => ({
  body: searchResources(app, caller.projectId, path.action, body),
});

export const createVpcEndpoint: Handler<"createVpcEndpoint"> = ({ body, caller }, app) => ({
  body: createEndpoint(app, caller.projectId, body),
});

export const deleteVpcEndpoint: Handler<"deleteVpcEndpoint"> = ({ path, caller }, app) => {
  deleteEndpoint(app, caller.projectId, path.vpc_id, path.subnet_id);
  return { status: 204 };
};
