import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@functiongraph/emulator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../../scripts/lib/paths.ts";
import { run } from "../spec/run.ts";

const workflow = join(root, "spec/workflows/function-life.arazzo.yaml");
const stepIds: readonly string[] = parse(readFileSync(workflow, "utf8")).workflows[0].steps.map(
  (step: { readonly stepId: string }) => step.stepId,
);
const redocly = join(root, "node_modules/@redocly/cli/bin/cli.js");
let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "functiongraph-respect-"));
  emulator = await createEmulator({ validateResponses: true, logLevel: "silent" });
});

afterAll(async () => {
  const { violations } = emulator;
  await emulator.close();
  await rm(folder, { recursive: true });
  expect(violations).toEqual([]);
});

it("the workflow of a function's life passes against the emulator, every step", {
  timeout: 60_000,
}, async () => {
  const report = join(folder, "report.json");
  const inputs = JSON.stringify({ projectId: emulator.projectId, token: emulator.token });
  const { status, output } = await run(
    process.execPath,
    [
      redocly,
      "respect",
      workflow,
      "--server",
      `functiongraph=${emulator.url}`,
      "--input",
      inputs,
      "--json-output",
      report,
      "--severity",
      "SCHEMA_CHECK=warn",
    ],
    folder,
    { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  );
  expect(output).not.toContain(emulator.token);
  expect({ status, output }).toEqual({ status: 0, output: expect.any(String) });
  const steps = executedSteps(await readFile(report, "utf8"));
  expect(steps.map(({ stepId }) => stepId)).toEqual(stepIds);
  const failed = steps.flatMap(({ stepId, checks }) =>
    checks.filter(({ passed }) => !passed).map(({ name }) => `${stepId}: ${name}`),
  );
  // Redocly sees an empty object in place of every body that is not text, such as a ZIP.
  expect(failed).toEqual(["export: schema check"]);
});

interface ExecutedStep {
  readonly stepId: string;
  readonly checks: readonly { readonly name: string; readonly passed: boolean }[];
}

/** The steps in Redocly's report about one file with one workflow. */
function executedSteps(report: string): readonly ExecutedStep[] {
  const files: Readonly<
    Record<
      string,
      { readonly executedWorkflows: readonly { readonly executedSteps: readonly ExecutedStep[] }[] }
    >
  > = JSON.parse(report).files;
  return Object.values(files).flatMap((file) => file.executedWorkflows.flatMap((one) => one.executedSteps));
}
