import type { Seen } from "../drivers/driver.ts";
import { actingFunctions } from "./acting-functions.ts";
import { packFixtures } from "./pack-fixtures.ts";
import type { RuntimeUnderTest } from "./runtime-under-test.ts";

/** A server of one's own: events are those of an API gateway, results its answers. */
export const http: RuntimeUnderTest = {
  name: "http",
  runtime: "http",
  functions: {
    ...actingFunctions({ handler: "bootstrap" }),
    initialized: { handler: "bootstrap", initializer_handler: "init", initializer_timeout: 5 },
  },
  pack: () => packFixtures("shared", "http"),
  eventOf: (action) => gatewayEvent({ body: JSON.stringify(action) }),
  textOf: (seen) => {
    const answer = gatewayAnswer(seen);
    return answer === undefined ? seen.text : Buffer.from(answer.body, "base64").toString();
  },
};

/** The event of a request that came through a gateway. */
export function gatewayEvent(request: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    httpMethod: "POST",
    path: "/act",
    headers: { "content-type": "application/json", host: "example.test" },
    queryStringParameters: {},
    pathParameters: {},
    requestContext: {
      apiId: "bc1dcffd0ec64c5b8c2e1f3f8d0c5c5b",
      requestId: "11cdcdcf33949dc6d722640a13091c77",
      stage: "RELEASE",
    },
    isBase64Encoded: false,
    ...request,
  };
}

/** An answer of a server as callers of the function get it. */
export interface GatewayAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** The answer that a result holds, if it does. */
export function gatewayAnswer({ text }: Seen): GatewayAnswer | undefined {
  try {
    const answer = JSON.parse(text);
    return typeof answer.statusCode === "number" ? answer : undefined;
  } catch {
    return undefined;
  }
}
