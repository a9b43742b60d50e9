import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { exampleCalls } from "../../src/generated/example-calls.ts";
import { operations } from "../../src/methods/operation.ts";
import { projectId } from "../support/gateway.ts";
import type { RawRequest } from "../support/verify-signature.ts";
import { withGateway } from "../support/with-gateway.ts";

interface Json {
  readonly [key: string]: Json | undefined;
}

// `as`: the bundle is a valid OpenAPI document, which the specification's own tests prove.
const document = JSON.parse(
  readFileSync(new URL("../../../../spec/dist/openapi.json", import.meta.url), "utf8"),
) as Json;
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(document, "spec");

function resolve(value: Json | undefined): Json | undefined {
  // References are text, whatever the type says.
  const reference: unknown = value?.$ref;
  if (typeof reference !== "string") return value;
  return reference
    .slice(2)
    .split("/")
    .reduce<Json | undefined>((node, key) => node?.[key.replaceAll("~1", "/")], document);
}

function pointer(path: string, method: string, ...more: string[]): string {
  return `spec#/${["paths", path, method, ...more].map((part) => encodeURIComponent(part.replaceAll("/", "~1"))).join("/")}`;
}

/** What the answer is good for: its schema does not matter here, only that the client takes it. */
function answerFor(flags: string): { body?: unknown; status?: number; headers?: Record<string, string> } {
  if (flags.includes("n")) return { status: 204, body: "" };
  if (flags.includes("y")) return { body: new Uint8Array([80, 75]) };
  return { body: {}, headers: { "x-subject-token": "t" } };
}

describe.each(operations())("$id", ({ id, path, method, flags }) => {
  test("sends what the specification describes, signed", async () => {
    const { fg, gateway } = await withGateway([answerFor(flags)]);
    // `as`: the calls are listed by operationId.
    await exampleCalls[id as keyof typeof exampleCalls](fg);
    expect(gateway.received).toHaveLength(1);
    // `as`: its length was just looked at.
    const request = gateway.received[0] as RawRequest;
    const { pathname, searchParams } = new URL(request.target, gateway.url);
    expect(request.method).toBe(method);
    const pattern = path.replace("{project_id}", projectId).replace(/\{\w+\}/g, "[^/]+");
    expect(pathname).toMatch(new RegExp(`^${pattern}$`));

    const operation = document.paths?.[path]?.[method.toLowerCase()];
    const shared = document.paths?.[path]?.parameters;
    const parameters = [...Object.values(shared ?? {}), ...Object.values(operation?.parameters ?? {})].map(
      resolve,
    );
    const queries = parameters.filter((parameter) => String(parameter?.in) === "query");
    for (const name of searchParams.keys()) {
      expect(queries.map((parameter) => String(parameter?.name))).toContain(name);
    }
    const media = resolve(operation?.requestBody)?.content?.["application/json"];
    if (!media) {
      expect(request.body).toHaveLength(0);
      return;
    }
    expect(request.headers["content-type"]).toBe("application/json");
    const body: unknown = JSON.parse(request.body.toString());
    const validate = ajv.compile({
      $ref: pointer(path, method.toLowerCase(), "requestBody", "content", "application/json", "schema"),
    });
    expect([validate(body), validate.errors]).toEqual([true, null]);
  });
});

test("the functions' URNs keep their colons, as the official SDK sends them", async () => {
  const { fg, gateway } = await withGateway([{}]);
  await fg.showFunctionConfig({ path: { function_urn: "urn:fss:eu-de:p:function:default:hello:!prod" } });
  expect(gateway.received[0]?.target).toBe(
    `/v2/${projectId}/fgs/functions/urn:fss:eu-de:p:function:default:hello:!prod/config`,
  );
});
