// What an HTTP function's server is asked for an event of the gateway (APIG).
import { validateHeaderName, validateHeaderValue } from "node:http";

/** An event that is none of the gateway's. */
export class EventError extends Error {}

/** Headers that belong to a connection, not to what is asked. */
const ofConnection =
  /^(?:connection|content-length|expect|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i;
const framed = new Set(["POST", "PUT", "PATCH"]);

/** @returns method, path with query, headers and body. @throws EventError */
export function requestOf(bytes, functionHeaders) {
  const event = parse(bytes);
  const { httpMethod, path, queryStringParameters, headers, requestContext, isBase64Encoded } = event;
  if (typeof httpMethod !== "string" || !/^[A-Za-z]+$/.test(httpMethod))
    throw new EventError("an HTTP function takes events of APIG only, and this one has no httpMethod");
  if (event.body !== undefined && event.body !== null && typeof event.body !== "string")
    throw new EventError("the body of an APIG event must be a string");
  const method = httpMethod.toUpperCase();
  const body = Buffer.from(event.body ?? "", isBase64Encoded === true ? "base64" : "utf8");
  const context = objectOf(requestContext);
  const all = {
    ...headersOf(objectOf(headers)),
    "X-APIG-Api-Id": text(context.apiId),
    "X-APIG-Request-Id": text(context.requestId),
    "X-APIG-Source-Ip": text(context.sourceIp),
    "X-APIG-Source-Stage": text(context.stage),
    ...functionHeaders,
  };
  if (body.length > 0 || framed.has(method)) all["Content-Length"] = String(body.length);
  return { method, path: targetOf(path, objectOf(queryStringParameters)), headers: all, body };
}

function parse(bytes) {
  let event;
  try {
    event = JSON.parse(bytes.toString());
  } catch (error) {
    throw new EventError(
      `an HTTP function takes events of APIG only, and this one is no JSON: ${error.message}`,
    );
  }
  if (typeof event !== "object" || event === null || Array.isArray(event))
    throw new EventError("an HTTP function takes events of APIG only, and this one is no object");
  return event;
}

/** The path as it can stand in a request, with the query in the order of its names, as the service sends it. */
function targetOf(path, query) {
  const [plain = "", existing = ""] = String(path ?? "").split(/\?(.*)/s);
  const encoded = plain.replace(/[^!$-;=@-Z_a-z~[\]]/gu, encodeURIComponent);
  const parameters = new URLSearchParams(existing);
  for (const [name, value] of Object.entries(query)) {
    parameters.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, text(one));
  }
  parameters.sort();
  const search = parameters.toString();
  return `${encoded.startsWith("/") ? "" : "/"}${encoded}${search && `?${search}`}`;
}

function headersOf(headers) {
  const kept = {};
  for (const [name, value] of Object.entries(headers)) {
    if (ofConnection.test(name)) continue;
    const values = (Array.isArray(value) ? value : [value]).map(text);
    try {
      validateHeaderName(name);
      for (const one of values) validateHeaderValue(name, one);
    } catch {
      // What cannot be sent is left out.
      continue;
    }
    kept[name] = values.length === 1 ? values[0] : values;
  }
  return kept;
}

function objectOf(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function text(value) {
  return value === undefined || value === null ? "" : String(value);
}
