import { expect, test } from "vitest";
import { ValidationError } from "../errors/validation-error.ts";
import { resolveEndpoints } from "./resolve-endpoints.ts";

const credentials = "none";

test.each([
  [
    { region: "eu-de" },
    "https://functiongraph.eu-de.otc.t-systems.com",
    "https://iam.eu-de.otc.t-systems.com",
  ],
  [
    { region: "cn-north-4" },
    "https://functiongraph.cn-north-4.myhuaweicloud.com",
    "https://iam.cn-north-4.myhuaweicloud.com",
  ],
  [
    { region: "xx-new-1" },
    "https://functiongraph.xx-new-1.myhuaweicloud.com",
    "https://iam.xx-new-1.myhuaweicloud.com",
  ],
  [{ endpoint: "http://127.0.0.1:8700/" }, "http://127.0.0.1:8700", "http://127.0.0.1:8700"],
  [
    { region: "eu-de", endpoint: "HTTP://LocalHost:80/base//" },
    "http://localhost/base",
    "http://localhost/base",
  ],
  [
    { region: "eu-de", iamEndpoint: "https://iam.example.com" },
    "https://functiongraph.eu-de.otc.t-systems.com",
    "https://iam.example.com",
  ],
])("%j", (options, functionGraph, iam) => {
  expect(resolveEndpoints({ credentials, ...options })).toEqual({ functionGraph, iam });
});

test.each([undefined, "", "eu-de.evil.example/", "a b"])("%j is no region", (region) => {
  expect(() => resolveEndpoints({ credentials, region })).toThrow(ValidationError);
});

test("an endpoint that is no address is refused at once", () => {
  expect(() => resolveEndpoints({ credentials, endpoint: "localhost" })).toThrow(TypeError);
});
