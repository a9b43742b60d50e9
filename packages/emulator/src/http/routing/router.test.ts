import { describe, expect, it } from "vitest";
import { routes } from "../../generated/routes.ts";
import { readTarget } from "./request-target.ts";
import { Router } from "./router.ts";

const router = new Router(routes);
const find = (method: string, url: string) => router.match(method, readTarget(url).segments);
const operation = (method: string, url: string) => {
  const match = find(method, url);
  return match.kind === "route" ? match.route.id : match.kind;
};

describe("the router", () => {
  it("finds each of the 67 operations by its own path", () => {
    const found = routes.map((route) =>
      operation(
        route.method,
        route.path.replace(/\{(\w+)\}/g, (_, name) => (name === "resource_type" ? "functions" : name)),
      ),
    );
    expect(found).toEqual(routes.map((route) => route.id));
    expect(found).toHaveLength(67);
  });

  it.each([
    ["GET", "/v2/p/fgs/functions/reservedinstances", "listFunctionReservedInstances"],
    ["GET", "/v2/p/fgs/functions/statistics", "listStatistics"],
    ["POST", "/v2/p/fgs/functions/import", "importFunction"],
    ["DELETE", "/v2/p/fgs/functions/import", "deleteFunction"],
    ["GET", "/v2/p/fgs/functions/f/snapshots/state", "showFuncSnapshotState"],
    ["POST", "/v2/p/fgs/functions/f/snapshots/state", "updateFuncSnapshot"],
    ["POST", "/v2/p/fgs/functions/f/snapshots/enable", "updateFuncSnapshot"],
    ["GET", "/v2/p/functions/tags", "showProjectTagsList"],
    ["GET", "/v2/p/fgs/functions/", "listFunctions"],
    ["HEAD", "/v2/p/fgs/functions", "listFunctions"],
    ["GET", "http://127.0.0.1:8700/v2/p/fgs/functions?marker=0", "listFunctions"],
    ["GET", "/v2//fgs/functions", "unknown"],
    ["GET", "/v2/p/fgs/functions//code", "unknown"],
    ["GET", "/v2/p/FGS/functions", "unknown"],
    ["GET", "/", "unknown"],
    ["GET", "/v2/p/fgs/functions/f/../../quotas", "unknown"],
    ["PATCH", "/v2/p/fgs/functions", "method"],
  ])("leads %s %s to %s", (method, url, want) => {
    expect(operation(method, url)).toBe(want);
  });

  it("names the methods of a path", () => {
    expect(find("PATCH", "/v2/p/fgs/functions/f/aliases/prod")).toEqual({
      kind: "method",
      allowed: ["DELETE", "GET", "PUT"],
    });
  });

  const urn = "urn:fss:eu-de:p:function:default:hello:!prod";
  it.each([
    urn,
    encodeURIComponent(urn),
    urn.replaceAll("!", "%21"),
    urn.replaceAll(":", "%3a"),
    "hello",
    "default:hello",
    "p:default:hello",
    "p:default:hello:v1",
    "urn:fss:eu-de:p:function:default:hello",
  ])("takes the URN %s raw or percent-encoded", (written) => {
    const match = find("GET", `/v2/p/fgs/functions/${written}/config`);
    expect(match.kind === "route" && match.path).toEqual({
      project_id: "p",
      function_urn: decodeURIComponent(written),
    });
  });
});

describe("a request's address", () => {
  it.each([
    "/v2/%",
    "/v2/%zz",
    "/v2/%ff",
    "/v2/%c0%ae",
    "/v2?name=%ff",
    "/v2/%00",
    "/v2/a%0d%0ab",
    "/v2/\u00ff",
  ])("is refused when it is %j", (url) => {
    expect(() => readTarget(url)).toThrow(expect.objectContaining({ code: "FSS.0400" }));
  });

  it("has its query decoded, in order", () => {
    expect(readTarget("/x?b=1&a=%E5%87%BD+y&a&=&&c=1=2").query).toEqual([
      ["b", "1"],
      ["a", "函 y"],
      ["a", ""],
      ["", ""],
      ["c", "1=2"],
    ]);
  });

  it("may be raw UTF-8", () => {
    expect(readTarget(Buffer.from("/v2/函").toString("latin1")).segments).toEqual(["v2", "函"]);
  });
});
