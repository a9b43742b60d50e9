import { describe, expect, it } from "vitest";
import { startTime } from "../../../test/support/local-app.ts";
import type { EventData } from "../triggers/records.ts";
import { findApi } from "./find-api.ts";
import type { ProjectTrigger } from "./trigger-index.ts";

function api(id: string, data: EventData, more: { status?: "DISABLED"; type?: string } = {}): ProjectTrigger {
  return {
    project: "p",
    key: id,
    trigger: {
      id,
      type: "APIG",
      status: "ACTIVE",
      data: { group_id: "g", env_name: "RELEASE", req_method: "ANY", match_mode: "NORMAL", ...data },
      package: "default",
      name: "f",
      qualifier: "latest",
      sequence: 1,
      createdAt: startTime,
      updatedAt: startTime,
      activeSince: 0,
      ...more,
    },
  };
}

const apis = [
  api("root", { path: "/", match_mode: "SWA" }),
  api("users", { path: "/users" }),
  api("user", { path: "/users/{id}", req_method: "GET" }),
  api("me", { path: "/users/me", req_method: "GET" }),
  api("orders", { path: "/users/{id}/orders/{order}" }),
  api("files", { path: "/files", match_mode: "SWA" }),
  api("images", { path: "/files/images/", match_mode: "SWA" }),
  api("exact", { path: "/files/images/logo" }),
  api("post", { path: "/files/images/logo", req_method: "POST" }),
  api("beta", { path: "/beta", env_name: "BETA" }),
  api("unnamed", { path: "/unnamed", env_name: "" }),
  api("elsewhere", { path: "/elsewhere", group_id: "other" }),
  api("off", { path: "/users", group_id: "g", req_method: "POST" }, { status: "DISABLED" }),
  api("timer", { path: "/timer" }, { type: "TIMER" }),
];

describe("the API that a call reaches", () => {
  it.each([
    ["GET", "", "root", { "": "" }],
    ["GET", "a/b", "root", { "": "a/b" }],
    ["GET", "users", "users", {}],
    ["POST", "users", "users", {}],
    ["GET", "users/7", "user", { id: "7" }],
    ["GET", "users/me", "me", {}],
    ["DELETE", "users/7", "root", { "": "users/7" }],
    ["GET", "users/7/orders/8", "orders", { id: "7", order: "8" }],
    ["GET", "users/7/orders", "root", { "": "users/7/orders" }],
    ["GET", "files", "files", { "": "" }],
    ["GET", "filesystem", "root", { "": "filesystem" }],
    ["GET", "files/a/b", "files", { "": "a/b" }],
    ["GET", "files/images/a", "images", { "": "a" }],
    ["GET", "files/images/logo", "exact", {}],
    ["POST", "files/images/logo", "post", {}],
    ["GET", "unnamed", "unnamed", {}],
    ["GET", "beta", "root", { "": "beta" }],
  ])("of %s /%s is %s", (method, path, want, pathParameters) => {
    const segments = path === "" ? [] : path.split("/");
    const found = findApi(apis, { group: "g", stage: "RELEASE", method, segments });
    expect([found.api?.trigger.id, "pathParameters" in found && found.pathParameters]).toEqual([
      want,
      pathParameters,
    ]);
  });

  it("is one of the environment that is asked for", () => {
    const call = { group: "g", method: "GET", segments: ["beta"] };
    expect(findApi(apis, { ...call, stage: "BETA" }).api?.trigger.id).toBe("beta");
  });

  it("may be missing, and then the methods of the path are told", () => {
    const call = { group: "g", stage: "RELEASE", method: "PUT", segments: ["users", "me"] };
    expect(findApi(apis.slice(1), call)).toEqual({ api: undefined, methods: ["GET"] });
    expect(findApi(apis.slice(1), { ...call, segments: ["timer"] })).toEqual({ api: undefined, methods: [] });
    expect(findApi(apis, { ...call, group: "none" })).toEqual({ api: undefined, methods: [] });
  });
});
