import { operations as described } from "@functiongraph/types/operations";
import { expect, test } from "vitest";
import { operations } from "./operation.ts";

test("the compact table tells the same as the full one", () => {
  const full = Object.entries(described).map(([id, { method, path }]) => [id, method, path]);
  expect(operations().map(({ id, method, path }) => [id, method, path])).toEqual(full);
});

test.each([
  ["invokeFunction", { flags: "bi" }],
  ["createToken", { flags: "bt" }],
  ["exportFunction", { method: "GET", flags: "y" }],
  ["deleteFunction", { method: "DELETE", flags: "n" }],
  [
    "showResInstanceInfo",
    { method: "POST", items: "resources", place: "body", position: "offset", next: "" },
  ],
  [
    "listFunctions",
    { flags: "-", items: "functions", place: "query", position: "marker", next: "next_marker" },
  ],
  ["listVersionAliases", { items: "$", place: "", position: "", next: "" }],
])("%s", (id, want) => {
  expect(operations().find((operation) => operation.id === id)).toMatchObject(want);
});
