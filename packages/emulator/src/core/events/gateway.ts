import type { ApigEvent } from "@functiongraph/types";
import { defaultStage, findApi, stageOf } from "../firing/find-api.ts";
import type { EventData, TriggerRecord } from "../triggers/records.ts";
import { type Description, textOf } from "./description-fields.ts";
import type { EventKind } from "./event-kind.ts";

/** A call of an API as its event tells it. */
export interface GatewayCall {
  readonly requestId: string;
  readonly method: string;
  /** As it came, without the query. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly sourceIp: string;
}

/** See RFC 9110, 5.6.2. */
const isToken = /^[!#$%&'*+.^_`|~\w-]+$/;

/** The event of a call of the API of a trigger. */
export function gatewayEvent(api: EventData, call: GatewayCall): ApigEvent {
  const query = new Map<string, string | string[]>();
  for (const [name, value] of call.query) {
    const before = query.get(name);
    query.set(name, before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]);
  }
  return {
    body: Buffer.from(call.body.buffer, call.body.byteOffset, call.body.byteLength).toString("base64"),
    isBase64Encoded: true,
    requestContext: {
      requestId: call.requestId,
      apiId: String(api.api_id ?? ""),
      stage: stageOf(api),
      sourceIp: call.sourceIp,
    },
    httpMethod: call.method,
    path: call.path,
    pathParameters: call.pathParameters,
    queryStringParameters: Object.fromEntries(query),
    headers: call.headers,
  };
}

/** `APIG`, `DEDICATEDGATEWAY` and `APIC`: calls an API as its gateway would. Nothing is asked for credentials. */
export const gateway: EventKind = {
  example: { path: "/hello-orders/today", method: "POST", query: { lang: "en" }, body: '{"name":"Ada"}' },
  read: (fields, { newId }) => {
    const path = fields.text("path", "the path of the call, such as /hello-orders");
    if (!path.startsWith("/")) throw fields.refuse("path", "must start with a slash");
    if (/[?#]/.test(path)) throw fields.refuse("path", "must be without a query; query holds its parameters");
    const segments = segmentsOf(path);
    if (!segments) throw fields.refuse("path", "must be UTF-8 in percent-encoding; write % as %25");
    const method = (fields.optionalText("method", "the HTTP method; GET without it") ?? "GET").toUpperCase();
    if (!isToken.test(method)) throw fields.refuse("method", "must be the name of an HTTP method");
    const group = fields.optionalText("group_id", "the ID of the API group; any without it");
    const stage = fields.optionalText("stage", "the environment; RELEASE without it") ?? defaultStage;
    const query = fields.object("query", "the query parameters by name, texts or lists of texts");
    const headers = fields.object("headers", "the headers by name");
    const body = fields.value("body") ?? "";
    const encoded = fields.optionalFlag("isBase64Encoded", "whether body is Base64");
    if (encoded && !isBase64(textOf(body)))
      throw fields.refuse("body", "must be Base64, as isBase64Encoded says");
    const requestId = newId();
    const match = (...triggers: readonly TriggerRecord[]) =>
      findApi(
        triggers.map((trigger) => ({ project: "", key: "", trigger })),
        {
          ...(group !== undefined && { group }),
          stage,
          method,
          segments,
        },
      );
    return {
      concerns: (trigger) => match(trigger).api !== undefined,
      reaches: (concerned) => {
        const { api } = match(...concerned);
        return api ? [api.trigger] : [];
      },
      eventFor: ({ trigger }) => {
        const found = trigger && match(trigger);
        return gatewayEvent(trigger?.data ?? {}, {
          requestId,
          method,
          path: written(path),
          pathParameters: found?.api ? found.pathParameters : {},
          query: pairsOf(query ?? {}),
          headers: {
            "x-request-id": requestId,
            ...Object.fromEntries(pairsOf(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
          },
          body: Buffer.from(textOf(body), encoded ? "base64" : "utf8"),
          sourceIp: "127.0.0.1",
        });
      },
    };
  },
};

/** Decoded; none when they cannot be. */
function segmentsOf(path: string): string[] | undefined {
  const segments = path.split("/").slice(1);
  try {
    written(path);
    return (segments.at(-1) === "" ? segments.slice(0, -1) : segments).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** A path as a call has it: what no address can hold is in percent-encoding. @throws URIError for half a character */
function written(path: string): string {
  return path.replace(/[^!-~]+/g, encodeURIComponent);
}

function isBase64(text: string): boolean {
  return Buffer.from(text, "base64").toString("base64").replace(/=+$/, "") === text.replace(/=+$/, "");
}

function pairsOf(values: Description): [string, string][] {
  return Object.entries(values).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? ""]).map((each): [string, string] => [name, textOf(each)]),
  );
}
