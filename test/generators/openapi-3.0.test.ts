import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, describe, expect, test } from "vitest";
import { downgrade } from "../../scripts/lib/downgrade/index.ts";
import type { JsonObject } from "../../scripts/lib/openapi.ts";
import { distFolder } from "../../scripts/lib/paths.ts";
import { redocly } from "../../scripts/lib/redocly.ts";

const scratch = mkdtempSync(join(tmpdir(), "functiongraph-downgrade-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const read = (name: string): JsonObject => JSON.parse(readFileSync(join(distFolder, name), "utf8"));

describe("the specification as OpenAPI 3.0", () => {
  test("is what the conversion of the bundle gives", () => {
    expect(read("openapi-3.0.json")).toEqual(downgrade(read("openapi.json")));
  });

  test("is valid by the official JSON Schema of OpenAPI 3.0", async () => {
    const validator = new Validator();
    const result = await validator.validate(read("openapi-3.0.json"));
    expect(result.errors ?? []).toEqual([]);
    expect(validator.version).toBe("3.0");
  });

  test("passes Redocly's rules for OpenAPI 3.0", () => {
    writeFileSync(join(scratch, "redocly.yaml"), redoclyConfiguration);
    writeFileSync(join(scratch, "openapi.json"), readFileSync(join(distFolder, "openapi-3.0.json")));
    const run = redocly(["lint", "openapi.json", "--config", "redocly.yaml", "--format", "summary"], scratch);
    expect(run, run.stdout + run.stderr).toMatchObject({ status: 0 });
  });
});

// The minimal rules find what 3.0 does not allow; matters of taste are linted in the sources.
const redoclyConfiguration = `
telemetry: off
extends: [minimal]
rules:
  struct: error
  no-unresolved-refs: error
  spec-strict-refs: off
  nullable-type-sibling: error
  no-enum-type-mismatch: error
  no-schema-type-mismatch: error
  no-invalid-schema-examples: { severity: error, allowAdditionalProperties: false }
  no-invalid-media-type-examples: { severity: error, allowAdditionalProperties: false }
  no-invalid-parameter-examples: { severity: error, allowAdditionalProperties: false }
`;
