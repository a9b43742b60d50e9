import { expect, test } from "vitest";
import { markerVariable } from "../../sandbox/marker.ts";
import type { FunctionSpec } from "../contract.ts";
import { contextOf, environmentOf } from "./function-context.ts";

const spec: FunctionSpec = {
  key: "hello:1",
  revision: 1,
  projectId: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
  region: "eu-de",
  package: "default",
  name: "hello",
  functionId: "id-hello",
  version: "latest",
  urn: "urn:fss:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:function:default:hello:latest",
  runtime: "Node.js20.15",
  handler: "index.handler",
  timeout: 10,
  memoryMb: 256,
  cpu: 400,
  temporaryMb: 512,
  userData: { greeting: "hello", [markerVariable]: "another" },
  concurrency: 1,
  maxInstances: -1,
  code: { filename: "index.zip" },
  dependencies: [],
  hasAgency: false,
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
