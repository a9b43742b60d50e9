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
    const method = (fields.optionalText("method", "the HTTP method; GET without it") ?? "GET").toUpperCase();
    const group = fields.optionalText("group_id", "the ID of the API group; any without it");
    const stage = fields.optionalText("stage", "the environment; RELEASE without it") ?? defaultStage;
    const query = fields.object("query", "the query parameters by name, texts or lists of texts");
    const headers = fields.object("headers", "the headers by name");
    const body = fields.value("body") ?? "";
    const encoded = fields.optionalFlag("isBase64Encoded", "whether body is Base64");
    const requestId = newId();
    const segments = segmentsOf(path);
    const match = (trigger: TriggerRecord) =>
      findApi([{ project: "", key: "", trigger }], {
        ...(group !== undefined && { group }),
        stage,
        method,
        segments,
      });
    return {
      concerns: (trigger) => match(trigger).api !== undefined,
      eventFor: ({ trigger }) => {
        const found = trigger && match(trigger);
        return gatewayEvent(trigger?.data ?? {}, {
          requestId,
          method,
          path,
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

function segmentsOf(path: string): string[] {
  const segments = path.split("/").slice(1);
  return segments.at(-1) === "" ? segments.slice(0, -1) : segments;
}

function pairsOf(values: Description): [string, string][] {
  return Object.entries(values).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? ""]).map((each): [string, string] => [name, textOf(each)]),
  );
}
