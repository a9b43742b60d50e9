import { expect } from "vitest";
import type { ConformanceScenario } from "../conformance-case.ts";
import { gatewayAnswer, gatewayEvent } from "../runtimes/http.ts";
import { bootstraps } from "./only-custom.ts";

const guide = "guide, Creating an HTTP Function";
const captured = "captured answers in the samples of the Node.js runtime";

/** What only servers have. */
export const onlyHttp: readonly ConformanceScenario[] = [
  ...bootstraps,
  {
    name: "answers with its body in Base64 and lists of header values",
    fact: {
      says: "The result is {body: Base64, headers: lists, statusCode, isBase64Encoded: true}.",
      grade: "C",
      source: captured,
    },
    async run(stage, driver) {
      const urn = await stage.urnOf(driver, "act");
      const seen = await driver.invoke({
        urn,
        event: gatewayEvent({ path: "/bytes", httpMethod: "GET", body: "" }),
      });
      const answer = gatewayAnswer(seen);
      expect(answer).toMatchObject({
        statusCode: 200,
        body: Buffer.from([0, 255, 128, 10]).toString("base64"),
        isBase64Encoded: true,
      });
      const headers = Object.fromEntries(
        Object.entries(answer?.headers ?? {}).map(([name, values]) => [name.toLowerCase(), values]),
      );
      expect(headers).toMatchObject({
        "content-type": ["application/octet-stream"],
        "set-cookie": ["a=1", "b=2"],
      });
    },
  },
  {
    name: "gets the path, the query and the body of its request, the body decoded",
    fact: {
      says: "Bodies in Base64 are decoded; path and query are those of the event.",
      grade: "K",
      source: "sources of the engine",
    },
    async run(stage, driver) {
      const urn = await stage.urnOf(driver, "act");
      const body = Buffer.from(JSON.stringify({ action: "context" })).toString("base64");
      const event = gatewayEvent({
        body,
        isBase64Encoded: true,
        path: "/orders/1",
        queryStringParameters: { a: "1" },
      });
      const seen = await driver.invoke({ urn, event });
      const told = JSON.parse(stage.runtime.textOf?.(seen) ?? "");
      expect(told).toMatchObject({ method: "POST", url: "/orders/1?a=1", headers: { host: "example.test" } });
    },
  },
  {
    name: "answers with the status of its own",
    fact: { says: "Whether answers other than 2xx go through is not documented.", grade: "U", source: guide },
    async run(stage, driver) {
      const urn = await stage.urnOf(driver, "act");
      const seen = await driver.invoke({
        urn,
        event: gatewayEvent({ body: '{"action":"throw","message":"no"}' }),
      });
      expect(gatewayAnswer(seen)).toMatchObject({ statusCode: 500 });
    },
  },
  {
    name: "is not called without a caller who waits",
    fact: { says: "HTTP functions cannot be run asynchronously.", grade: "D", source: guide },
    async run(stage, driver) {
      const function_urn = await stage.urnOf(driver, "act");
      await expect(
        stage.fg.asyncInvokeFunction({ path: { function_urn }, body: { name: "Ada" } }),
      ).rejects.toMatchObject({ status: 400, code: "FSS.0400" });
    },
  },
  {
    name: "has as many calls at once in one instance as it may, and no more",
    fact: {
      says: "One instance can take several requests at once, 1 to 1000 as set; what is above the limits is refused with 429.",
      grade: "D",
      source: "guide, Configuring Single-Instance Multi-Concurrency",
    },
    slow: true,
    async run(stage, driver) {
      const urn = await stage.create(driver, "shared", { handler: "bootstrap" });
      await stage.configure(urn, { strategy_config: { concurrency: 1, concurrent_num: 4 } });
      const seen = await Promise.all(
        Array.from({ length: 5 }, () => stage.actAt(driver, urn, { action: "who", ms: 1000 })),
      );
      // There may be one instance, so that one call is too many.
      expect(seen.flatMap(({ refusal }) => refusal ?? [])).toEqual(["FSS.0429"]);
      const told = seen.flatMap(({ refusal, text }) => (refusal ? [] : [JSON.parse(text)]));
      expect(new Set(told.map(({ id }) => id)).size).toBe(1);
      expect(told.map(({ calls }) => calls).sort()).toEqual([1, 2, 3, 4]);
    },
  },
];
