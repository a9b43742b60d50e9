import { expect, test } from "vitest";
import { exampleSpec } from "../../../test/support/try-function.ts";
import { markerVariable } from "../../sandbox/marker.ts";
import type { FunctionSpec } from "../contract.ts";
import { contextOf, environmentOf } from "./function-context.ts";

const spec: FunctionSpec = {
  ...exampleSpec,
  userData: { greeting: "hello", [markerVariable]: "another" },
};
const seen = { code: "/opt/function/code", temporary: "/tmp", root: "/opt/function" };

test("user data cannot replace the mark by which the sandbox finds what a function starts", () => {
  const environment = environmentOf(spec, { seen });
  expect(environment).toMatchObject({ greeting: "hello", RUNTIME_USERDATA: JSON.stringify(spec.userData) });
  expect(environment).not.toHaveProperty(markerVariable);
});

test("the initializer and the pre-stop method of a function with an agency get its keys, others none", () => {
  expect(contextOf({ ...spec, hasAgency: true })).toMatchObject({
    securityAccessKey: "EXAMPLETEMPORARYKEY1",
    token: "example-token",
  });
  expect(contextOf(spec)).not.toHaveProperty("token");
});
