import { isObject, type JsonObject } from "../openapi.ts";

/**
 * Converts the fields at the document's root: version, licence, summary, and webhooks, which readers of 3.0
 * know as `x-webhooks`.
 */
export function downgradeDocument(document: JsonObject): JsonObject {
  const { openapi: _, jsonSchemaDialect: __, info, paths, webhooks, ...rest } = document;
  return {
    openapi: "3.0.3",
    ...(isObject(info) ? { info: downgradeInfo(info) } : {}),
    ...rest,
    paths: paths ?? {},
    ...(webhooks ? { "x-webhooks": webhooks } : {}),
  };
}

function downgradeInfo(info: JsonObject): JsonObject {
  const { summary, description, license, ...rest } = info;
  const text = [summary, description].filter((part) => typeof part === "string").join("\n\n");
  return {
    ...rest,
    ...(text ? { description: text } : {}),
    ...(isObject(license) ? { license: downgradeLicense(license) } : {}),
  };
}

/** 3.0 has no SPDX identifier but an address, and SPDX has one for every identifier. */
function downgradeLicense(license: JsonObject): JsonObject {
  const { identifier, ...rest } = license;
  return identifier && !rest.url ? { ...rest, url: `https://spdx.org/licenses/${identifier}.html` } : rest;
}
