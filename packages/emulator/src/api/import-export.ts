import type { Handler } from "../contract/handler.ts";
import { exportFunction as exportAsZip, readExportParts } from "../core/import-export/export-function.ts";
import { importFunction as importFromZip } from "../core/import-export/import-function.ts";

export const exportFunction: Handler<"exportFunction"> = async ({ path, query, caller }, app) => {
  const parts = readExportParts(query.code, query.config, query.type);
  return {
    body: await exportAsZip(app, caller, path.function_urn, parts),
    contentType: "application/octet-stream",
  };
};

export const importFunction: Handler<"importFunction"> = async ({ body, caller }, app) => {
  const request = { name: body.func_name, package: body.package ?? "default", file: body.file_code };
  return { body: await importFromZip(app, caller, request) };
};
