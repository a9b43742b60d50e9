import type { Handler } from "../contract/handler.ts";
import { createAlias, deleteAlias, listAliases, showAlias, updateAlias } from "../core/aliases/aliases.ts";
import { listVersions } from "../core/versions/list-versions.ts";
import { publishVersion } from "../core/versions/publish-version.ts";

export const createFunctionVersion: Handler<"createFunctionVersion"> = async (
  { path, body, caller },
  app,
) => ({
  body: await publishVersion(app, caller, path.function_urn, body),
});

export const listFunctionVersions: Handler<"listFunctionVersions"> = ({ path, query, caller }, app) => ({
  body: listVersions(app, caller.projectId, path.function_urn, query.marker, query.maxitems),
});

export const createVersionAlias: Handler<"createVersionAlias"> = ({ path, body, caller }, app) => ({
  body: createAlias(app, caller, path.function_urn, body),
});

export const listVersionAliases: Handler<"listVersionAliases"> = ({ path, caller }, app) => ({
  body: listAliases(app, caller, path.function_urn),
});

export const showVersionAlias: Handler<"showVersionAlias"> = ({ path, caller }, app) => ({
  body: showAlias(app, caller, path.function_urn, path.alias_name),
});

export const updateVersionAlias: Handler<"updateVersionAlias"> = ({ path, body, caller }, app) => ({
  body: updateAlias(app, caller, path.function_urn, path.alias_name, body),
});

export const deleteVersionAlias: Handler<"deleteVersionAlias"> = ({ path, caller }, app) => {
  deleteAlias(app, caller, path.function_urn, path.alias_name);
  return { status: 204 };
};
